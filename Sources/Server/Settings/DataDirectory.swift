#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The directory where the server keeps what outlives it.
public enum DataDirectory {
    /// The database file in the directory.
    public static func database(in directory: String) -> String { directory + "/nearby.sqlite" }

    /// Makes the directory, and those above it, where they are missing; only their owner can look into them.
    public static func make(_ path: String) throws(SystemFailure) {
        var end = path.startIndex
        while end < path.endIndex {
            end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
            let result = mkdir(String(path[..<end]), 0o700)
            guard result == 0 || errno == EEXIST || errno == EISDIR else { throw .last }
        }
    }
}

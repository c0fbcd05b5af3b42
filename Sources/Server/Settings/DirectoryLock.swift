#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Keeps a data directory for one server: two with one database file would not hear of each other's blocks and erasures.
///
/// Held until it is released, or the process ends, however that happens.
final class DirectoryLock: Sendable {
    /// Another server has it.
    struct InUse: Error, CustomStringConvertible {
        let directory: String

        var description: String { "\(directory): another server is running on this data directory" }
    }

    private let descriptor: Int32

    /// - Throws: ``InUse``, or ``SystemFailure`` if the file `lock` cannot be made in the directory.
    init(_ directory: String) throws {
        descriptor = open(directory + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemFailure.last }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let failure = SystemFailure.last
            close(descriptor)
            throw failure.code == EWOULDBLOCK ? InUse(directory: directory) : failure
        }
    }

    deinit { close(descriptor) }
}

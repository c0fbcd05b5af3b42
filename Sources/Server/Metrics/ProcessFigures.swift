#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// What the process costs, as the system says. What a system does not say is `nil`.
struct ProcessFigures: Sendable {
    /// Processor time of all threads, user and system, seconds.
    let cpuSeconds: Double
    let residentBytes: Int64?
    let openFiles: Int?
    let maximumFiles: Int

    init() {
        cpuSeconds = Self.cpuTime()
        residentBytes = Self.residentMemory()
        openFiles = Self.openFileCount()
        maximumFiles = Self.fileLimit()
    }

    private static func cpuTime() -> Double {
        // POSIX: a million a second. To the millisecond, so that the text stays short.
        Double(Int64(clock()) / 1_000) / 1_000
    }

    /// The second number of `/proc/self/statm`, in pages.
    private static func residentMemory() -> Int64? {
        guard let file = fopen("/proc/self/statm", "r") else { return nil }
        defer { fclose(file) }
        var text = [UInt8](repeating: 0, count: 256)
        let count = fread(&text, 1, text.count, file)
        let numbers = text[..<count].split(separator: UInt8(ascii: " "))
        guard numbers.count > 1, let pages = Int64(String(decoding: numbers[1], as: UTF8.self)) else { return nil }
        return pages * Int64(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// The entries of a folder that Linux has for this; about a microsecond each.
    private static func openFileCount() -> Int? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        // Without `.`, `..` and the folder itself.
        return count - 3
    }

    private static func fileLimit() -> Int {
        var limit = rlimit()
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let resource = RLIMIT_NOFILE
        #endif
        return getrlimit(resource, &limit) == 0 ? Int(clamping: limit.rlim_cur) : 0
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A call of the operating system that failed.
public struct SystemFailure: Error, Equatable, CustomStringConvertible {
    /// `errno`.
    public let code: Int32

    static var last: SystemFailure { SystemFailure(code: errno) }

    public var description: String { String(cString: strerror(code)) }
}

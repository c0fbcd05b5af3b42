import NIOCore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The two clocks of the server, replaceable in tests.
struct ServerClock: Sendable {
    /// Never goes back; for all durations.
    var monotonicMilliseconds: @Sendable () -> Int64
    /// Milliseconds since the Unix epoch; may jump. Only for what is told or stored.
    var wallMilliseconds: @Sendable () -> Int64

    static let system = ServerClock(
        monotonicMilliseconds: { Int64(NIODeadline.now().uptimeNanoseconds / 1_000_000) },
        wallMilliseconds: {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
        })
}

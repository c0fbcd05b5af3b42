#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Clocks of this thread, nanoseconds.
enum CPUTime {
    /// The CPU time that this thread has had. A system call: not for short stretches.
    static func thread() -> Double { read(CLOCK_THREAD_CPUTIME_ID) }

    /// A clock that costs little enough to be read twice a tick. Only good for shares of a whole.
    static func cheap() -> Double { read(CLOCK_MONOTONIC) }

    private static func read(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}

import Foundation
import NIOCore

/// Clocks, in seconds.
enum Clocks {
    static func now() -> Double { read(CLOCK_MONOTONIC) }

    /// CPU time that an event loop's thread has had.
    static func cpu(of loop: any EventLoop) throws -> Double {
        try loop.submit { read(CLOCK_THREAD_CPUTIME_ID) }.wait()
    }

    private static func read(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

import Dispatch
import Logging

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Ends a process that is nothing but the server, whatever still runs in it. What of the history was not written is
/// lost then; everything that was acknowledged is in the stores.
struct ForcedEnd: Sendable {
    let logger: Logger

    /// Somebody has lost patience with a stop that is under way.
    func now(bySignal signal: CInt) {
        logger.notice("told to stop a second time: ended at once")
        // What a shell says of a process that a signal has ended.
        _exit(128 + signal)
    }

    /// Ends the process after a time, unless it has ended before. Needs no thread of the tasks', which may all hang.
    func after(_ time: Duration) {
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(Int(time.milliseconds))) {
            logger.error("the stop took too long: ended by force")
            _exit(0)
        }
    }
}

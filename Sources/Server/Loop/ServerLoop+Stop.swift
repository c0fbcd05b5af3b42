import NIOCore
import WebSocket

/// The loop's beginning and end.
extension ServerLoop {
    func startSweeping() {
        sweeper = eventLoop.scheduleRepeatedTask(initialDelay: Limits.sweepInterval, delay: Limits.sweepInterval) {
            [handle = core.loops[index]] _ in handle.withLoop { $0.sweep() }
        }
    }

    /// Tells every client to come back, and closes.
    func drain() {
        for session in allConnections() { drain(session) }
    }

    /// Tells a client to come back at some moment within the drain time, and closes.
    func drain(_ session: Session) {
        let spread = core.settings.drain.milliseconds
        wire.reconnect(afterMilliseconds: Int64.random(in: 0...spread), reason: "restart")
        session.send()
        session.end(code: .restart, reason: "restart")
    }

    /// Ends the timers.
    func stop() {
        sweeper?.cancel()
        cancelTimer()
    }
}

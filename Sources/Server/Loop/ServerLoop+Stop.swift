import NIOCore
import WebSocket

/// The loop's beginning and end.
extension ServerLoop {
    func startSweeping() {
        sweeper = eventLoop.scheduleRepeatedTask(initialDelay: Limits.sweepInterval, delay: Limits.sweepInterval) {
            [handle = core.loops[index]] _ in handle.withLoop { $0.sweep() }
        }
    }

    /// Tells every client to come back at some moment within `spread` milliseconds, and closes.
    func drain(over spread: Int64) {
        for session in allConnections() {
            wire.reconnect(afterMilliseconds: Int64.random(in: 0...max(0, spread)), reason: "restart")
            session.send()
            session.end(code: .restart, reason: "restart")
        }
    }

    /// Ends the timers.
    func stop() {
        sweeper?.cancel()
        cancelTimer()
    }
}

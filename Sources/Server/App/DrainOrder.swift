import Synchronization

/// The order to drain: given once, by a signal, an operator or whoever runs the server, and not taken back.
final class DrainOrder: Sendable {
    enum Origin: Sendable {
        /// `POST /v1/admin/drain`.
        case operators
        /// SIGTERM, SIGINT, or the end of the task that runs the server.
        case stop
    }

    private let origin = Mutex<Origin?>(nil)
    /// Ends when the order is given.
    private let untilGiven: AsyncStream<Never>
    private let end: AsyncStream<Never>.Continuation

    init() { (untilGiven, end) = AsyncStream.makeStream() }

    /// Whether the server takes no new clients. Any thread; costs a lock.
    var isGiven: Bool { origin.withLock { $0 != nil } }

    /// Gives the order. Returns `false` if it had been given before, which changes nothing.
    @discardableResult
    func give(_ newOrigin: Origin) -> Bool {
        let isFirst = origin.withLock { origin in
            defer { origin = origin ?? newOrigin }
            return origin == nil
        }
        end.finish()
        return isFirst
    }

    /// Waits for the order. Returns who gave it first; `nil` if the task was cancelled before. For one task.
    func wait() async -> Origin? {
        for await _ in untilGiven {}
        return origin.withLock { $0 }
    }
}

/// What NIO still holds of a connection's output.
struct Outbox {
    /// Writes, and their bytes, that were handed to NIO and are not done.
    private(set) var writes = 0
    private(set) var bytes = 0
    /// Whether a write has outlived the call that made it.
    private(set) var isBlocked = false
    /// When the oldest of them became the oldest; milliseconds.
    private(set) var blockedSince: Int64 = 0
    /// The payload of the newest ping that could not be answered yet.
    var pong: [UInt8]?

    var isEmpty: Bool { writes == 0 }

    mutating func began(bytes count: Int) {
        writes += 1
        bytes += count
    }

    mutating func block(now: Int64) {
        guard !isBlocked else { return }
        isBlocked = true
        blockedSince = now
    }

    /// - Returns: Whether this was the last one and the connection had been blocked.
    mutating func ended(bytes count: Int, now: @autoclosure () -> Int64) -> Bool {
        writes -= 1
        bytes -= count
        guard isBlocked else { return false }
        if writes > 0 { blockedSince = now() } else { isBlocked = false }
        return !isBlocked
    }
}

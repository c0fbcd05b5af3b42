/// Counts a peer's control frames: so many within a second, then no more.
struct ControlBudget {
    private static let window: Int64 = 1000
    private var windowStart = Int64.min / 2
    private var count = 0

    /// `false` if this frame, at `now` milliseconds, is one too many.
    mutating func take(now: Int64, limit: Int) -> Bool {
        if now - windowStart >= Self.window { (windowStart, count) = (now, 0) }
        count += 1
        return count <= limit
    }
}

/// How often a session went over its rate lately.
struct RateViolations {
    /// So many within ``windowMilliseconds`` end the session.
    static let maximum = 10
    static let windowMilliseconds: Int64 = 60_000

    private var count = 0
    private var windowStart: Int64 = .min / 2

    /// Counts one. Returns whether that is the last straw.
    mutating func isOneTooMany(now: Int64) -> Bool {
        if now - windowStart > Self.windowMilliseconds {
            windowStart = now
            count = 0
        }
        count += 1
        return count >= Self.maximum
    }
}

/// How often something may happen: a steady rate with room for a burst.
struct TokenBucket {
    private var level: Double
    private var filledAt: Int64
    private let perMillisecond: Double
    private let burst: Double

    /// - Parameters:
    ///   - perSecond: the steady rate.
    ///   - burst: how many at once after a pause.
    ///   - now: monotonic milliseconds, as in every call.
    init(perSecond: Int, burst: Int, now: Int64) {
        perMillisecond = Double(perSecond) / 1_000
        self.burst = Double(burst)
        level = Double(burst)
        filledAt = now
    }

    /// Takes one, if there is one.
    mutating func take(now: Int64) -> Bool {
        level = min(burst, level + Double(now - filledAt) * perMillisecond)
        filledAt = now
        guard level >= 1 else { return false }
        level -= 1
        return true
    }

    /// Milliseconds until there is one.
    func wait(now: Int64) -> Int64 {
        let missing = 1 - (level + Double(now - filledAt) * perMillisecond)
        return missing <= 0 ? 0 : Int64((missing / perMillisecond).rounded(.up))
    }
}

/// How long to wait before the next attempt: twice as long after each failure, up to a cap, and a random
/// part less so that many do not come back together.
struct BackOff {
    static let first: Duration = .milliseconds(100)
    static let cap: Duration = .seconds(5)
    /// Doublings after which the cap is reached in any case.
    private static let maximumDoublings = 16

    /// In a row.
    private(set) var failures = 0

    mutating func fail() { failures += 1 }
    mutating func succeed() { failures = 0 }

    /// From half of the step to all of it; nothing before the first failure.
    func pause(using generator: inout some RandomNumberGenerator) -> Duration {
        guard failures > 0 else { return .zero }
        let step = min(Self.first * (1 << min(failures - 1, Self.maximumDoublings)), Self.cap)
        return step * Double.random(in: 0.5...1, using: &generator)
    }
}

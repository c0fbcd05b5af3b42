/// How long to wait before the next attempt to connect: any time up to a step that doubles with each failure,
/// so that many processes that lost the same server do not come back together.
struct FullJitter {
    static let first: Duration = .milliseconds(100)
    static let cap: Duration = .seconds(2)
    /// Doublings after which the cap is reached in any case.
    private static let maximumDoublings = 16

    /// In a row.
    private(set) var failures = 0

    mutating func succeed() { failures = 0 }

    /// Counts a failure and returns how long to wait after it.
    mutating func fail(using generator: inout some RandomNumberGenerator) -> Duration {
        let step = min(Self.first * (1 << min(failures, Self.maximumDoublings)), Self.cap)
        failures += 1
        return step * Double.random(in: 0...1, using: &generator)
    }
}

/// How long to wait before the next attempt: at first not at all, then a random time up to a bound that doubles (full
/// jitter), so that those who lost one server together do not come back together.
struct BackOff {
    /// The bound of the second attempt.
    static let first: Duration = .milliseconds(100)
    /// A connection that held for less counts as one more failure, or a server that accepts and hangs up would be
    /// called in a loop.
    static let provenAfter: Duration = .seconds(1)
    private static let maximumDoublings = 20

    let cap: Duration
    /// In a row.
    private(set) var failures = 0

    init(cap: Duration) {
        self.cap = cap
    }

    /// The connection is lost after it held for `uptime`, zero if it never came up.
    mutating func fail(uptime: Duration) {
        failures = uptime >= Self.provenAfter ? 1 : failures + 1
    }

    func pause(using generator: inout some RandomNumberGenerator) -> Duration {
        guard failures > 1 else { return .zero }
        let bound = min(Self.first * (1 << min(failures - 2, Self.maximumDoublings)), cap)
        return bound * Double.random(in: 0...1, using: &generator)
    }
}

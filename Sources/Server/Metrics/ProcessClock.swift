/// When the server was made, by both clocks.
struct ProcessClock: Sendable {
    /// Milliseconds since the Unix epoch.
    let startedAt: Int64
    private let clock: ServerClock
    private let startedMonotonic: Int64

    init(_ clock: ServerClock) {
        self.clock = clock
        startedAt = clock.wallMilliseconds()
        startedMonotonic = clock.monotonicMilliseconds()
    }

    /// Milliseconds since then.
    var uptime: Int64 { clock.monotonicMilliseconds() - startedMonotonic }
}

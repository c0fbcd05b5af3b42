import NIOCore

/// The contract's limits of sessions that are no settings.
extension Limits {
    /// So many bad messages in a row end a session.
    static let badMessagesInARow = 10
    /// How many bursts of locations may be conflated before more of them count against the rate.
    static let conflatedBursts = 50
    /// How far a `ts` may lie in the future, milliseconds.
    static let futureMilliseconds: Int64 = 60_000
    /// How often held locations are looked at.
    static let heldLocationCheck: TimeAmount = .milliseconds(50)
    /// What a client is told to wait when a store does not answer, milliseconds.
    static let unavailableRetryMilliseconds: Int64 = 1_000
    /// How often a loop looks at deadlines.
    static let sweepInterval: TimeAmount = .seconds(1)
    /// How long a stop waits for the last clients' close frames; longer than a connection waits for its own.
    static let stopWait: Duration = .seconds(5)
    /// A stop that has not come to its end so long after the port might have closed is ended by force.
    static let stopLimit: Duration = .seconds(30)
}

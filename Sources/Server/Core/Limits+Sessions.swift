import NIOCore

/// The contract's limits of sessions that are no settings.
extension Limits {
    /// So many bad messages in a row end a session.
    static let badMessagesInARow = 10
    /// How far a `ts` may lie in the future, milliseconds.
    static let futureMilliseconds: Int64 = 60_000
    /// How often held locations are looked at.
    static let heldLocationCheck: TimeAmount = .milliseconds(50)
    /// What a client is told to wait when a store does not answer, milliseconds.
    static let unavailableRetryMilliseconds: Int64 = 1_000
    /// How often a loop looks at deadlines.
    static let sweepInterval: TimeAmount = .seconds(1)
    /// How long a stop waits for the last clients' close frames.
    static let stopWait: Duration = .seconds(4)
}

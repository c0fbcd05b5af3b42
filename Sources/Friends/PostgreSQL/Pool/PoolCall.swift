/// A call that waits for a connection, or has one.
struct PoolCall: Sendable {
    /// For error texts.
    let operation: String
    let timeLimit: Duration
    let begun = ContinuousClock.now
    /// Does the work, and returns what hands the answer to the caller.
    let work: @Sendable (PostgreSQLConnection) throws -> @Sendable () -> Void
    let fail: @Sendable (StoreError) -> Void

    var deadline: ContinuousClock.Instant { begun + timeLimit }
}

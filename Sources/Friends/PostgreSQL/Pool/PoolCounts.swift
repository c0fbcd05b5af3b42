/// What the pool of a database is doing, for metrics.
public struct PoolCounts: Hashable, Sendable {
    /// Connections that are open, or whose first attempt to open is under way.
    public var connections = 0
    /// Calls that have a connection.
    public var running = 0
    /// Calls that wait for one.
    public var waiting = 0
    /// Calls that failed because the database did not answer, since the beginning.
    public var failures: UInt64 = 0
}

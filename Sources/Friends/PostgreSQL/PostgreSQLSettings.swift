/// How PostgreSQL is used. The defaults serve a server process of many thousand sessions.
public struct PostgreSQLSettings: Hashable, Sendable {
    /// Connections of the pool, each with a thread of its own. One more is opened for each ``ChangeFeed``.
    public var connections = 8
    /// Calls that may wait for a connection; one more fails at once.
    public var waitingCalls = 1_000
    /// From the call to its answer, waiting included. A call that already waits when all connections hang ends
    /// when the first of them gives up, so twice this is the longest that any call takes.
    public var callTimeout: Duration = .seconds(5)
    /// The same for what handles much at once: a batch of an import, an export, an erasure, retention.
    public var bulkTimeout: Duration = .seconds(30)
    /// The same for making or updating the tables, or waiting for another process that does.
    public var migrationTimeout: Duration = .seconds(600)
    /// For one attempt to connect, without the name look-up, which libpq does on its own.
    public var connectTimeout: Duration = .seconds(3)
    /// How often a ``ChangeFeed`` reads again what changed, whether or not it was notified.
    public var rereadInterval: Duration = .seconds(1)

    public init() {}
}

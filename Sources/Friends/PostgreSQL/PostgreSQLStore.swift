import Foundation
import Synchronization

/// All stores in one PostgreSQL database, which several processes share.
///
/// Whoever decides something about users holds their rows (``Transaction/lock(_:)``) from before the decision
/// until its commit. What answers one call from several statements does so from one snapshot.
final class PostgreSQLStore: Sendable {
    /// Milliseconds.
    let locationTTL: Int64
    /// Milliseconds since the Unix epoch: which partitions of the history to have.
    let now: @Sendable () -> Int64
    let pool: ConnectionPool
    let partitions = Mutex(HistoryPartitions.Horizon())
    let unreadable = UnreadableRows()

    init(
        pool: ConnectionPool, locationTTL: Duration,
        now: @escaping @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1_000) }
    ) {
        self.pool = pool
        self.locationTTL = locationTTL.milliseconds
        self.now = now
    }

    /// Users, or friendships, of one transaction of an import.
    static let importBatch = 10_000

    var settings: PostgreSQLSettings { pool.settings }

    /// Reads with single statements.
    func read<Value: Sendable>(
        _ operation: String, _ body: @escaping @Sendable (PostgreSQLConnection) throws -> Value
    ) async throws(StoreError) -> Value {
        try await pool.run(operation, body)
    }

    /// Reads on one snapshot.
    func snapshot<Value: Sendable>(
        _ operation: String, bulk: Bool = false, _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws(StoreError) -> Value {
        try await transaction(.snapshot, operation, bulk: bulk, body)
    }

    /// Runs `body` in a transaction, which is rolled back if it throws. It may be run more than once.
    func write<Value: Sendable>(
        _ operation: String, bulk: Bool = false, _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws(StoreError) -> Value {
        try await transaction(.change, operation, bulk: bulk, body)
    }

    private func transaction<Value: Sendable>(
        _ mode: Transaction.Mode, _ operation: String, bulk: Bool,
        _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws(StoreError) -> Value {
        let limit = bulk ? settings.bulkTimeout : settings.callTimeout
        return try await pool.run(operation, within: limit) { connection in
            try Transaction.run(mode, on: connection, statementTimeout: bulk ? limit : nil, body)
        }
    }
}

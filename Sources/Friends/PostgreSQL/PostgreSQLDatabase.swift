public import Channels

/// A PostgreSQL database with all stores, shared by several server processes.
///
/// PostgreSQL 15 or newer, reached directly or through a pooler that keeps a session's connection. When it is
/// down, every call fails with ``StoreError/Code/unavailable`` within the settings' times, mostly at once, and
/// works again once it is back. Close it before the process ends.
public final class PostgreSQLDatabase: Sendable {
    private let url: PostgreSQLURL
    private let settings: PostgreSQLSettings
    private let store: PostgreSQLStore

    /// Connects, and makes or updates the tables; several processes may do so at once.
    ///
    /// Throws `unavailable` if there is no connection or no permission, or if a newer program made the tables.
    public static func open(
        _ url: PostgreSQLURL, settings: PostgreSQLSettings = PostgreSQLSettings(),
        locationTTL: Duration = StoreLimits.locationTTL
    ) async throws(StoreError) -> PostgreSQLDatabase {
        let pool = ConnectionPool(url, settings)
        do throws(StoreError) {
            return try await PostgreSQLDatabase(url, settings, PostgreSQLStore(pool: pool, locationTTL: locationTTL))
        } catch {
            await pool.close()
            throw error
        }
    }

    /// Runs `body` with a database, and closes it however that ends.
    public static func run<Value>(
        _ url: PostgreSQLURL, _ body: (PostgreSQLDatabase) async throws -> Value
    ) async throws -> Value {
        let database = try await open(url)
        do {
            let value = try await body(database)
            await database.close()
            return value
        } catch {
            await database.close()
            throw error
        }
    }

    init(
        _ url: PostgreSQLURL, _ settings: PostgreSQLSettings, _ store: PostgreSQLStore
    ) async throws(StoreError) {
        self.url = url
        self.settings = settings
        self.store = store
        let limit = settings.migrationTimeout
        try await store.pool.run("migrate", within: limit) { try PostgreSQLMigrator().run(on: $0, within: limit) }
        try await store.extendHistory()
    }

    public var stores: Stores { Stores(all: store) }

    /// Whether calls have a chance now. `false` while there is no connection: what `readyz` wants to know.
    public var isReachable: Bool { store.pool.isReachable }

    /// What its pool is doing.
    public var counts: PoolCounts { store.pool.counts }

    /// Those of `ids` that are active or erased, in no order, from one read. Rows that cannot be read are left out.
    public func users(_ ids: [UserID]) async throws(StoreError) -> [CommonUser] {
        try await store.standing(of: ids)
    }

    /// The accounts of those of `ids` that are active, in no order, from one consistent read of three queries.
    ///
    /// Rows that cannot be read are left out. Cost grows with the number of their friends.
    public func accounts(of ids: [UserID]) async throws(StoreError) -> [Account] { try await store.accounts(of: ids) }

    /// Rows that were passed over because this program cannot read them, since the beginning: put in by hand, or by a
    /// newer program. A row counts each time it is met.
    public var unreadableRows: UInt64 { store.unreadable.count }

    /// Starts to tell which users change, in any process, from now on. One connection and one thread.
    ///
    /// Throws `unavailable` if there is no connection now; later losses it repairs itself.
    public func changes() async throws(StoreError) -> ChangeFeed {
        try await ChangeFeed.start(url, settings, store.unreadable)
    }

    /// Ends all connections and returns when they have ended; calls that wait, and all later ones, fail. A call, or an
    /// attempt to connect, under way ends first, within the settings' times.
    public func close() async { await store.pool.close() }
}

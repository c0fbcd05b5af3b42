import Foundation
import GRDB

/// All stores in one SQLite database in WAL mode: one writer, and readers that never wait for it.
///
/// An operation that was begun ends, whatever becomes of the task that began it, so its outcome never
/// depends on a cancellation.
final class SQLiteStore: Sendable {
    /// Milliseconds.
    let locationTTL: Int64
    private let pool: DatabasePool

    init(path: String, locationTTL: Duration) throws(StoreError) {
        self.locationTTL = locationTTL.milliseconds
        do {
            try Self.createFile(at: path)
            pool = try DatabasePool(path: path, configuration: Self.configuration)
            try Schema.migrator.migrate(pool)
        } catch {
            throw StoreError(error, in: "open")
        }
    }

    /// What a committed change survives.
    enum Durability: String {
        /// The end of the process, however sudden. After a power cut the newest changes may be missing, as
        /// if they had not been made.
        case process = "NORMAL"
        /// A power cut too: the log is synced before the call returns, which costs what the disk takes. For
        /// whatever hides a user from others; to be shown again for want of a sync would betray a promise.
        case power = "FULL"
    }

    /// Runs `body` on one consistent snapshot.
    func read<Value: Sendable>(
        _ operation: String, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        let result = await withCheckedContinuation { continuation in
            pool.asyncRead { database in
                let result = Result { try body(database.get()) }
                continuation.resume(returning: result.mapError { StoreError($0, in: operation) })
            }
        }
        return try result.get()
    }

    /// Runs `body` in one transaction, which is rolled back if it throws.
    func write<Value: Sendable>(
        _ operation: String, _ durability: Durability = .process, scrub: Bool = false,
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        let result = await withCheckedContinuation { continuation in
            pool.asyncWriteWithoutTransaction { database in
                let result = Result { try database.commit(durability, body) }
                if scrub { database.truncateLog() }
                continuation.resume(returning: result.mapError { StoreError($0, in: operation) })
            }
        }
        return try result.get()
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "nearby"
        configuration.busyMode = .timeout(Self.busyTimeout)
        configuration.prepareDatabase { database in
            // What is deleted is overwritten in the file, not only unlinked. Not so the copies of rows that
            // were moved when a page split; they last until the page is written full, or `VACUUM`.
            try database.execute(sql: "PRAGMA secure_delete = ON")
            let cache = database.configuration.readonly ? Self.readerCacheKiB : Self.writerCacheKiB
            try database.execute(sql: "PRAGMA cache_size = -\(cache)")
            try database.execute(sql: "PRAGMA journal_size_limit = \(Self.logBytes)")
        }
        return configuration
    }

    /// Locations are nobody else's business, so the file is made for its owner only; SQLite gives its
    /// companions the same mode.
    private static func createFile(at path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        guard
            FileManager.default.createFile(
                atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw StoreError(.unavailable, "open: the file cannot be made") }
    }

    /// Seconds to wait for another process, such as an import, that writes to the same file.
    private static let busyTimeout = 5.0
    /// Page cache of the writer: room for the upper levels of the history's index, so that a batch of many
    /// users has to read leaves only.
    private static let writerCacheKiB = 32_768
    /// Page cache of each reader.
    private static let readerCacheKiB = 8_192
    /// What a log that a large transaction made is cut down to.
    private static let logBytes = 64 << 20
}

extension Database {
    fileprivate func commit<Value>(
        _ durability: SQLiteStore.Durability, _ body: (Database) throws -> Value
    ) throws -> Value {
        try execute(sql: "PRAGMA synchronous = \(durability.rawValue)")
        var value: Value?
        try inTransaction(.immediate) {
            value = try body(self)
            return .commit
        }
        return value!
    }

    /// The log keeps old pages until it is overwritten: empty it now. If a reader is in the way for long,
    /// the next checkpoint does it; the deletion itself is committed in any case.
    fileprivate func truncateLog() {
        _ = try? checkpoint(.truncate)
    }
}

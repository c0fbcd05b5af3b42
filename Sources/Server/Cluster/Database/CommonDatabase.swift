import Channels
import Friends
import Logging
import Synchronization

/// The PostgreSQL database that this process shares with others, and how sure it is of what it knows from there.
///
/// Any thread.
final class CommonDatabase: Sendable {
    private struct Proof {
        /// What the feed said last, and the same by the server's clock, monotonic milliseconds.
        var instant: ContinuousClock.Instant
        var at: Int64
        /// Since when changes were told that are not applied yet.
        var openSince: Int64?
    }

    /// The changes that all processes make.
    let feed: ChangeFeed
    private let database: PostgreSQLDatabase
    private let clock: ServerClock
    private let proof: Mutex<Proof>

    /// Waits for a database that is not there yet, ``Limits/databaseStartTime`` at most.
    static func open(
        _ url: PostgreSQLURL, locationTTL: Duration, clock: ServerClock, logger: Logger
    ) async throws -> CommonDatabase {
        let deadline = ContinuousClock.now + Limits.databaseStartTime
        while ContinuousClock.now < deadline {
            do {
                return try await attempt(url, locationTTL, clock)
            } catch {
                logger.notice("waiting for the database", metadata: ["reason": "\(error)"])
            }
            try await Task.sleep(for: Limits.proofCheck)
        }
        return try await attempt(url, locationTTL, clock)
    }

    private static func attempt(
        _ url: PostgreSQLURL, _ locationTTL: Duration, _ clock: ServerClock
    ) async throws -> CommonDatabase {
        let database = try await PostgreSQLDatabase.open(url, locationTTL: locationTTL)
        do {
            return CommonDatabase(database, try await database.changes(), clock)
        } catch {
            await database.close()
            throw error
        }
    }

    private init(_ database: PostgreSQLDatabase, _ feed: ChangeFeed, _ clock: ServerClock) {
        self.database = database
        self.feed = feed
        self.clock = clock
        proof = Mutex(Proof(instant: feed.provenUntil, at: clock.monotonicMilliseconds()))
    }

    var stores: Stores { database.stores }
    var counts: PoolCounts { database.counts }
    var isReachable: Bool { database.isReachable }
    var unreadableRows: UInt64 { database.unreadableRows }

    /// Ends all connections, and returns when they have ended.
    func close() async {
        await feed.stop()
        await database.close()
    }

    /// A moment of random length, so that many do not come back together.
    static func pause() async throws {
        try await Task.sleep(for: .milliseconds(Int.random(in: Limits.databasePause)))
    }

    // MARK: Proof

    /// For how long it has not been certain that this process knows every change of a permission, milliseconds.
    var unproven: Int64 {
        let now = clock.monotonicMilliseconds()
        return proof.withLock { proof in
            let instant = feed.provenUntil
            if instant > proof.instant {
                let age = ContinuousClock.now - instant
                proof = Proof(instant: instant, at: now - age.milliseconds, openSince: proof.openSince)
            }
            return max(0, now - min(proof.at, proof.openSince ?? .max))
        }
    }

    var isProven: Bool { unproven <= Limits.unprovenMilliseconds }

    /// Changes were told; they count as unknown until ``applied()``.
    ///
    /// - Returns: since when they are not known, by the server's clock, monotonic milliseconds.
    func heard(_ news: ChangeNews) -> Int64 {
        let since = clock.monotonicMilliseconds() - (ContinuousClock.now - news.since).milliseconds
        proof.withLock { $0.openSince = $0.openSince ?? since }
        return since
    }

    func applied() { proof.withLock { $0.openSince = nil } }

    // MARK: Reading

    /// See ``PostgreSQLDatabase/users(_:)``.
    func users(_ ids: [UserID]) async throws(StoreError) -> [CommonUser] { try await database.users(ids) }

    /// See ``PostgreSQLDatabase/accounts(of:)``.
    func accounts(of ids: [UserID]) async throws(StoreError) -> [Account] { try await database.accounts(of: ids) }

    /// A session's account. Tries again for a while if the database does not answer.
    func account(of id: UserID) async throws -> Account {
        let deadline = ContinuousClock.now + Limits.helloPatience
        while ContinuousClock.now < deadline {
            if let account = try await accountIfReachable(id) { return account }
            try await Self.pause()
        }
        return try await stores.users.account(of: id)
    }

    /// `nil` if the database does not answer.
    private func accountIfReachable(_ id: UserID) async throws -> Account? {
        do {
            return try await stores.users.account(of: id)
        } catch {
            if error.code == .unavailable { return nil }
            throw error
        }
    }
}

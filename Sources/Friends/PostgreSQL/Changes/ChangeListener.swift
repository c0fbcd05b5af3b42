import CLibpq
import Channels
import Foundation

/// A thread with a connection that listens, and that reads now and then what it may have missed.
final class ChangeListener {
    private let url: PostgreSQLURL
    private let settings: PostgreSQLSettings
    private let mailbox: ChangeMailbox
    private var connection: PostgreSQLConnection
    private var ledger: ChangeLedger
    private var jitter = FullJitter()
    private var generator = SystemRandomNumberGenerator()

    /// Starts the thread, and returns once no change is missed any more. It ends when the mailbox is closed.
    static func start(
        _ url: PostgreSQLURL, _ settings: PostgreSQLSettings, in threads: JoinableThreads
    ) async throws(StoreError) -> ChangeMailbox {
        let started = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<ChangeMailbox, StoreError>, Never>) in
            threads.start {
                do {
                    let listener = try ChangeListener(url, settings)
                    continuation.resume(returning: .success(listener.mailbox))
                    listener.main()
                } catch {
                    continuation.resume(returning: .failure(StoreError(postgreSQL: error, in: "changes")))
                }
            }
        }
        return try started.get()
    }

    private init(_ url: PostgreSQLURL, _ settings: PostgreSQLSettings) throws {
        self.url = url
        self.settings = settings
        let now = ContinuousClock.now
        connection = try Self.listen(url, settings)
        ledger = ChangeLedger(horizon: try connection.run(Self.horizon).first!.unsigned(0), now: now)
        mailbox = ChangeMailbox(proof: now)
    }

    /// Listens first and reads after it, so that no change falls between the two.
    private static func listen(
        _ url: PostgreSQLURL, _ settings: PostgreSQLSettings
    ) throws -> PostgreSQLConnection {
        let connection = try PostgreSQLConnection.open(url, settings, for: .changes)
        connection.deadline = .now + settings.callTimeout
        try connection.run(Query("LISTEN \(ChangeNotice.channel)"))
        return connection
    }

    private static let horizon = Query("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")

    private func main() {
        while !mailbox.isClosed {
            do {
                try read()
                jitter.succeed()
                try hear(until: .now + settings.rereadInterval)
            } catch {
                reconnect()
            }
        }
    }

    private func reconnect() {
        while !mailbox.isClosed {
            Thread.pause(for: jitter.fail(using: &generator)) { mailbox.isClosed }
            guard !mailbox.isClosed, let next = try? Self.listen(url, settings) else { continue }
            connection = next
            ledger.reconnect()
            return
        }
    }

    /// Reads what changed since the reading before, with the horizon of the same snapshot.
    private func read() throws {
        let now = ContinuousClock.now
        connection.deadline = now + settings.callTimeout
        let (changes, horizon) = try Transaction.run(.snapshot, on: connection) { transaction in
            let answers = try transaction.rows([Self.horizon, Self.changes(since: ledger.cursor)])
            let changes = try answers[1].map {
                ChangeLedger.Change(user: try $0.userID(0), transaction: $0.unsigned(1))
            }
            return (changes, answers[0].first!.unsigned(0))
        }
        let users = ledger.read(changes, horizon: horizon, now: now)
        mailbox.put(users.map { .some(Set($0)) } ?? .everyone)
        mailbox.proof = now
    }

    /// Numbers from the future are those of another server, from which the tables were restored.
    private static func changes(since cursor: UInt64) -> Query {
        Query(
            """
            SELECT id, changed::text FROM users WHERE changed >= $1::xid8 AND changed > '0'::xid8
                AND changed < pg_snapshot_xmax(pg_current_snapshot()) ORDER BY changed LIMIT $2::bigint
            """, .int(cursor), .int(ChangeLedger.capacity + 1))
    }

    /// Takes notices until the time is up, or until one says that there is too much to be told.
    private func hear(until end: ContinuousClock.Instant) throws {
        while !mailbox.isClosed, .now < end {
            for payload in try connection.notifications() {
                guard let notice = ChangeNotice(payload: payload), let users = notice.users else { return }
                mailbox.put(.some(Set(ledger.hear(users, in: notice.transaction))))
            }
            _ = SocketWait.wait(PQsocket(connection.handle), POLLIN, until: min(end, .now + Thread.endCheck))
        }
    }
}

import CLibpq
import Channels
import Foundation

/// A thread with a connection that listens, and that reads now and then what it may have missed.
final class ChangeListener {
    private let url: PostgreSQLURL
    private let settings: PostgreSQLSettings
    private let mailbox: ChangeMailbox
    private let unreadable: UnreadableRows
    private var connection: PostgreSQLConnection
    private var ledger: ChangeLedger
    private var jitter = FullJitter()
    private var generator = SystemRandomNumberGenerator()

    /// Starts the thread, and returns once no change is missed any more. It ends when the mailbox is closed.
    static func start(
        _ url: PostgreSQLURL, _ settings: PostgreSQLSettings, _ unreadable: UnreadableRows, in threads: JoinableThreads
    ) async throws(StoreError) -> ChangeMailbox {
        let started = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<ChangeMailbox, StoreError>, Never>) in
            threads.start {
                do {
                    let listener = try ChangeListener(url, settings, unreadable)
                    continuation.resume(returning: .success(listener.mailbox))
                    listener.main()
                } catch {
                    continuation.resume(returning: .failure(StoreError(postgreSQL: error, in: "changes")))
                }
            }
        }
        return try started.get()
    }

    private init(_ url: PostgreSQLURL, _ settings: PostgreSQLSettings, _ unreadable: UnreadableRows) throws {
        self.url = url
        self.settings = settings
        self.unreadable = unreadable
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
                mailbox.problem = nil
                try hear(until: .now + settings.rereadInterval)
            } catch {
                note(error)
                reconnect()
            }
        }
    }

    private func reconnect() {
        while !mailbox.isClosed {
            Thread.pause(for: jitter.fail(using: &generator)) { mailbox.isClosed }
            guard !mailbox.isClosed else { return }
            do {
                connection = try Self.listen(url, settings)
                ledger.reconnect()
                return
            } catch {
                note(error)
            }
        }
    }

    private func note(_ error: any Error) { mailbox.problem = StoreError(postgreSQL: error, in: "changes") }

    /// Reads what changed since the reading before, page by page. What changes meanwhile has a higher number than the
    /// horizon of before the first page, at which the next reading begins.
    private func read() throws {
        let now = ContinuousClock.now
        let (horizon, first) = try firstPage()
        if ledger.isOlder(horizon) {
            mailbox.put(.everyone)
        } else {
            try tell(first)
        }
        ledger.finish(horizon: horizon, now: now)
        mailbox.proof = now
    }

    private func firstPage() throws -> (horizon: UInt64, ChangePage) {
        let begin = ChangePage.Position(transaction: ledger.cursor, id: "")
        connection.deadline = .now + settings.callTimeout
        let answers = try connection.run([Self.horizon, ChangePage.query(behind: begin)])
        return (answers[0].first!.unsigned(0), ChangePage(answers[1], unreadable))
    }

    /// Tells of this page and all that follow.
    private func tell(_ first: ChangePage) throws {
        var page = first
        mailbox.put(.some(Set(ledger.read(page.changes))))
        while let next = page.next {
            connection.deadline = .now + settings.callTimeout
            page = ChangePage(try connection.run(ChangePage.query(behind: next)), unreadable)
            mailbox.put(.some(Set(ledger.read(page.changes))))
        }
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

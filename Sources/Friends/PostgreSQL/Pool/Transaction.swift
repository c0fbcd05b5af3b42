import Channels

/// A transaction under way. Statements whose answer nobody needs wait for the next one that somebody does, or
/// for the commit, and travel with it.
final class Transaction {
    enum Mode: String {
        /// Each statement sees what is committed when it begins; rows that a decision rests on are locked.
        case change = "BEGIN ISOLATION LEVEL READ COMMITTED"
        /// All statements see the same.
        case snapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    }

    private let connection: PostgreSQLConnection
    private var deferred: [Query]
    private var changed: [UserID] = []

    private init(_ connection: PostgreSQLConnection, _ mode: Mode) {
        self.connection = connection
        deferred = [Query(mode.rawValue)]
    }

    /// Runs `body` and commits, or rolls back if it throws.
    static func run<Value>(
        _ mode: Mode, on connection: PostgreSQLConnection, statementTimeout: Duration? = nil,
        _ body: (Transaction) throws -> Value
    ) throws -> Value {
        let transaction = Transaction(connection, mode)
        if let statementTimeout {
            transaction.later(
                Query(
                    "SELECT set_config('statement_timeout', $1, true)",
                    .int(statementTimeout.milliseconds)))
        }
        do {
            let value = try body(transaction)
            try transaction.commit()
            return value
        } catch {
            if connection.isUsable { _ = try? connection.run(.rollback) }
            throw error
        }
    }

    func later(_ query: Query) { deferred.append(query) }

    func rows(_ query: Query) throws -> ResultRows {
        try rows([query])[0]
    }

    /// In one round trip.
    func rows(_ queries: [Query]) throws -> [ResultRows] {
        let waiting = deferred
        deferred = []
        return Array(try connection.run(waiting + queries).dropFirst(waiting.count))
    }

    func copy(_ sql: String, _ data: [UInt8]) throws {
        _ = try rows([])
        try connection.copy(sql, data)
    }

    /// Once committed, all processes are told that these users changed. Their rows are to be marked by the
    /// statement that changes them (``markChanged``).
    func announce(_ users: some Sequence<UserID>) { changed += users }

    /// To set in an update of the table `users`: what a process finds that reads again.
    static let markChanged = "changed = pg_current_xact_id()"

    private func commit() throws {
        let number = Query("SELECT pg_current_xact_id()::text")
        do {
            let answers = try rows(changed.isEmpty ? [.commit] : [number, .commit])
            if let transaction = changed.isEmpty ? nil : answers[0].first?.unsigned(0) {
                connection.untold += ChangeNotice.notices(of: changed, in: transaction)
            }
        } catch let error as PostgreSQLError where error == .lost || error == .timedOut {
            throw PostgreSQLError.unknownOutcome
        }
    }
}

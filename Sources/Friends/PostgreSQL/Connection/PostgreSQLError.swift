/// Why PostgreSQL did not do what it was asked. Stays inside this folder; others see a ``StoreError``.
enum PostgreSQLError: Error, Equatable {
    /// No connection came about; what libpq says of it, which names the server and the role, never a secret.
    case unreachable(String)
    /// There is no connection any more, and what was asked was not done.
    case lost
    /// The connection was lost or the time was up while a commit was under way: it may have been done.
    case unknownOutcome
    case timedOut
    /// The server refused; its five-character code.
    case refused(sqlState: String)
    /// Another transaction came first; the same again will find what that one did.
    case raced

    static let uniqueViolation = PostgreSQLError.refused(sqlState: "23505")

    /// Whether the transaction was rolled back for the sake of another one, so that it should be tried again.
    var isCollision: Bool {
        switch self {
        case .raced, .refused("40001"), .refused("40P01"): true
        default: false
        }
    }

    /// The server is going down or starting, and ends the connection with this answer.
    static func isFarewell(_ sqlState: String) -> Bool {
        sqlState.hasPrefix("57P") || sqlState.hasPrefix("08")
    }
}

extension StoreError {
    /// Translates what the connection throws. Of the server's message only the code is kept: the text could
    /// hold values.
    init(postgreSQL error: any Error, in operation: String) {
        switch error {
        case let error as StoreError:
            self = error
        case PostgreSQLError.unreachable(let reason):
            self.init(.unavailable, "\(operation): \(reason)")
        case PostgreSQLError.lost:
            self.init(.unavailable, "\(operation): connection to PostgreSQL lost")
        case PostgreSQLError.unknownOutcome:
            self.init(.unavailable, "\(operation): no answer to the commit")
        case PostgreSQLError.timedOut:
            self.init(.unavailable, "\(operation): PostgreSQL did not answer in time")
        case PostgreSQLError.refused(let sqlState):
            self.init(.unavailable, "\(operation): PostgreSQL code \(sqlState)")
        case PostgreSQLError.raced:
            self.init(.unavailable, "\(operation): too many collisions")
        default:
            self.init(.unavailable, "\(operation): \(type(of: error))")
        }
    }
}

import Channels
import Geo

/// A message of a client, parsed into types that cannot hold a wrong value.
///
/// What needs a clock or the session's state is not decided here: whether `ts` lies in the future, whether
/// a token is good, whether a cursor is known.
enum ClientMessage: Equatable {
    case hello(Hello)
    case location(Fix)
    case more(cursor: String)
    case subscribe(UserID)
    case unsubscribe(UserID)
    case strangers(StrangersRequest)
    case settings(radius: Radius?, sharing: Bool?)
    case refresh(token: String)
    case block(Target)
    case report(Target, reason: String)

    struct Hello: Equatable {
        let token: String
        let fix: Fix
        let radius: Radius?
        let strangers: StrangersRequest?
        /// Whether the client wants to be told how long it may stay silent.
        let quiet: Bool
    }

    /// Where a user was at a time.
    struct Fix: Equatable {
        let coordinate: Coordinate
        /// The sender's time, milliseconds since the Unix epoch.
        let ts: Int64
    }

    struct StrangersRequest: Equatable {
        let on: Bool
        let radius: Radius?
        /// The wished precision of the routing cells, 1 to 12; not necessarily one that is configured.
        let precision: Int?
    }

    /// Whom a block or a report is about.
    enum Target: Equatable {
        case user(UserID)
        case sid(String)
    }

    /// What came of parsing a message.
    struct Reading {
        /// The message's `seq`, which its answer carries back, errors too. `nil` if there was none or the
        /// message was broken before it.
        let seq: Int64?
        /// Whether the message is, or was meant to be, a `hello`.
        let isHello: Bool
        let outcome: Result<ClientMessage, Rejection>
    }

    /// Why a message is refused.
    struct Rejection: Error, Equatable, CustomStringConvertible {
        let code: ErrorCode
        /// For a person. Fixed texts, so that no input is ever repeated.
        let message: StaticString

        var description: String { "\(code.rawValue): \(message)" }

        static func == (a: Rejection, b: Rejection) -> Bool {
            a.code == b.code && a.message.description == b.message.description
        }
    }
}

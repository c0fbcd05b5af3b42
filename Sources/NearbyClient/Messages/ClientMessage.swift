public import Geo

/// What a client says. A `seq` may be sent along with any of them; the direct answer carries it back.
public enum ClientMessage: Hashable, Sendable {
    /// The first message, within 10 s; answered by `welcome`.
    case hello(Hello)
    /// A new fix; answered only if it is invalid.
    case location(Fix)
    /// The next page of friends; answered by `page`.
    case more(cursor: String)
    /// Follow a friend again, at any distance; answered by `subscribed`.
    case subscribe(friend: String)
    case unsubscribe(friend: String)
    case strangers(StrangersRequest)
    /// Changes what is not `nil`; answered by `settings`.
    case settings(radius: Radius?, sharing: Bool?)
    /// A new token of the same user; answered by `ok`.
    case refresh(token: String)
    case block(Person)
    case report(Person, reason: String)

    /// Somebody, known by id or, as a stranger, by pseudonym.
    public enum Person: Hashable, Sendable {
        case user(String)
        case stranger(sid: String)
    }

    /// Asks to see strangers and to be seen by them, or ends it.
    public struct StrangersRequest: Hashable, Sendable {
        public var isOn: Bool
        public var radius: Radius?
        /// Characters of the routing cells; the server takes the finest that covers the radius.
        public var precision: Int?

        public init(isOn: Bool, radius: Radius? = nil, precision: Int? = nil) {
            self.isOn = isOn
            self.radius = radius
            self.precision = precision
        }
    }

    public struct Hello: Hashable, Sendable {
        public var token: String
        public var fix: Fix
        public var radius: Radius?
        public var strangers: StrangersRequest?
        /// Whether the server is to say for how long, and how far from the location sent last, nobody misses another one.
        public var quiet: Bool

        public init(
            token: String, fix: Fix, radius: Radius? = nil, strangers: StrangersRequest? = nil, quiet: Bool = false
        ) {
            self.token = token
            self.fix = fix
            self.radius = radius
            self.strangers = strangers
            self.quiet = quiet
        }
    }
}

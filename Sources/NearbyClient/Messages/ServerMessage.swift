/// What the server says.
public enum ServerMessage: Hashable, Sendable {
    case welcome(Welcome, seq: Int64?)
    case page(FriendsPage, seq: Int64?)
    /// The friend's newest fix at any distance; `nil` if inactive or not sharing.
    case subscribed(friend: String, location: Fix?, seq: Int64?)
    /// The effective values.
    case settings(radius: Double, sharing: Bool, seq: Int64?)
    case strangers(StrangersStatus, seq: Int64?)
    case updates(Updates)
    case cells(RoutingCells)
    /// Wait that long, then connect again; the connection is about to be closed.
    case reconnect(afterMilliseconds: Int64, reason: String)
    case ok(seq: Int64?)
    case error(Refusal, seq: Int64?)
    /// A type that this version does not know.
    case unknown(type: String)

    /// The number of the message that this one answers.
    public var seq: Int64? {
        switch self {
        case .welcome(_, let seq), .page(_, let seq), .subscribed(_, _, let seq), .settings(_, _, let seq),
            .strangers(_, let seq), .ok(let seq), .error(_, let seq):
            seq
        case .updates, .cells, .reconnect, .unknown: nil
        }
    }

    public struct Welcome: Hashable, Sendable {
        public var user: String
        public var session: String
        public var protocolVersion: Int64
        public var sharing: Bool
        /// Metres.
        public var radius: Double
        /// After that many seconds without news a friend's position should be shown as old.
        public var staleAfter: Double
        /// How often, in seconds, a fix should be sent at least.
        public var updateEvery: Double
        /// Friends within the radius, on this page or not.
        public var friendsTotal: Int64
        public var friends: FriendsPage
        public var strangers: StrangersStatus
    }

    /// The newest states of what changed. An id stands in it at most once.
    public struct Updates: Hashable, Sendable {
        public var friends: [Friend] = []
        public var friendsGone: [FriendGone] = []
        public var friendsTotal: Int64?
        public var strangers: [Stranger] = []
        /// Pseudonyms.
        public var strangersGone: [String] = []

        public init() {}
    }

    /// Why a message was not taken.
    public struct Refusal: Hashable, Sendable {
        public var code: Code
        public var message: String
        public var retryAfterMilliseconds: Int64?

        /// Texts that are not among the constants may come from a newer server.
        public struct Code: RawRepresentable, Hashable, Sendable {
            public let rawValue: String
            public init(rawValue: String) { self.rawValue = rawValue }

            public static let badMessage = Code(rawValue: "bad_message")
            public static let badLocation = Code(rawValue: "bad_location")
            public static let badToken = Code(rawValue: "bad_token")
            public static let tokenExpired = Code(rawValue: "token_expired")
            public static let forbidden = Code(rawValue: "forbidden")
            public static let notFriend = Code(rawValue: "not_friend")
            public static let badRadius = Code(rawValue: "bad_radius")
            public static let rateLimited = Code(rawValue: "rate_limited")
            public static let tooManySessions = Code(rawValue: "too_many_sessions")
        }
    }
}

public import WebSocket

/// Whether there is a connection, and if not, why and what comes next.
public struct ConnectionState: Hashable, Sendable {
    public enum Phase: String, Hashable, Sendable {
        /// Not started, or stopped by the app.
        case stopped
        /// Waits for the first position; nothing is connected without one.
        case locating
        case connecting
        case online
        /// Waits until ``ConnectionState/retryAt`` to try again.
        case waiting
        /// The same, on a device that says it has no network.
        case offline
        /// Does not try again by itself: ``Nearby/start()`` does, with a fresh token.
        case refused
    }

    public var phase: Phase
    /// Why it is not online; `nil` while nothing went wrong.
    public var reason: Reason?
    /// The code with which the last connection ended.
    public var code: CloseCode?
    /// Tries that failed one after the other.
    public var attempt: Int
    /// When the next try is, milliseconds since the Unix epoch; `nil` unless waiting.
    public var retryAt: Int64?

    /// Texts that are not among the constants may come from a newer version.
    public struct Reason: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let connectionLost = Reason(rawValue: "connection_lost")
        public static let goingAway = Reason(rawValue: "going_away")
        public static let fault = Reason(rawValue: "fault")
        public static let restart = Reason(rawValue: "restart")
        public static let overloaded = Reason(rawValue: "overloaded")
        public static let tokenExpired = Reason(rawValue: "token_expired")
        public static let noPong = Reason(rawValue: "no_pong")
        public static let tooManySessions = Reason(rawValue: "too_many_sessions")
        public static let rateLimited = Reason(rawValue: "rate_limited")
        public static let noToken = Reason(rawValue: "no_token")
        /// The app's source of tokens says that nobody is signed in.
        public static let signedOut = Reason(rawValue: "signed_out")
        public static let badToken = Reason(rawValue: "bad_token")
        public static let noHello = Reason(rawValue: "no_hello")
        /// The user was erased.
        public static let revoked = Reason(rawValue: "revoked")
        /// Client and server do not understand each other.
        public static let protocolError = Reason(rawValue: "protocol")
        public static let refused = Reason(rawValue: "refused")
    }
}

extension ConnectionState.Reason {
    /// What a close code means.
    init(_ code: CloseCode) {
        switch code {
        case .goingAway: self = .goingAway
        case .fault: self = .fault
        case .restart: self = .restart
        case .overloaded: self = .overloaded
        case .tokenExpired: self = .tokenExpired
        case .noPong: self = .noPong
        case .tooManySessions: self = .tooManySessions
        case .rateLimited: self = .rateLimited
        case .badToken: self = .badToken
        case .noHello: self = .noHello
        case .revoked: self = .revoked
        case .protocolError, .unsupportedData, .invalidText, .policyViolation, .tooBig: self = .protocolError
        default: self = code.isFinal ? .refused : .connectionLost
        }
    }
}

extension CloseCode {
    /// Whether a client must not come back as it was.
    var isFinal: Bool {
        switch self {
        case .protocolError, .unsupportedData, .invalidText, .policyViolation, .tooBig: true
        default: (4500...4999).contains(rawValue)
        }
    }
}

/// Why a WebSocket connection ended (RFC 6455, section 7.4, and this project's own codes).
///
/// The range tells a client what to do: 4000–4499 reconnect with back-off, 4500–4999 do not
/// retry as it was.
public struct CloseCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: UInt16

    public init(rawValue: UInt16) { self.rawValue = rawValue }

    public var description: String { String(rawValue) }

    /// The purpose of the connection has been fulfilled.
    public static let normal = CloseCode(rawValue: 1000)
    /// The server stops, or the page that held the connection was left.
    public static let goingAway = CloseCode(rawValue: 1001)
    /// The peer broke RFC 6455.
    public static let protocolError = CloseCode(rawValue: 1002)
    /// The peer sent a kind of data that is not taken here, such as a binary message.
    public static let unsupportedData = CloseCode(rawValue: 1003)
    /// Never on the wire: the peer's close frame had no code.
    public static let noStatus = CloseCode(rawValue: 1005)
    /// Never on the wire: the connection ended without a close frame.
    public static let abnormal = CloseCode(rawValue: 1006)
    /// A text message or a close reason was not valid UTF-8.
    public static let invalidText = CloseCode(rawValue: 1007)
    /// The peer did something that is not allowed and has no code of its own.
    public static let policyViolation = CloseCode(rawValue: 1008)
    /// A message was longer, or came in more pieces, than is accepted.
    public static let tooBig = CloseCode(rawValue: 1009)
    /// The server met a condition that it did not expect.
    public static let fault = CloseCode(rawValue: 1011)
    /// The server restarts or drains.
    public static let restart = CloseCode(rawValue: 1012)
    /// The server is overloaded, or the peer does not read what it is sent.
    public static let overloaded = CloseCode(rawValue: 1013)

    /// The token expired: fetch a new one, then reconnect.
    public static let tokenExpired = CloseCode(rawValue: 4001)
    /// No answer to a ping.
    public static let noPong = CloseCode(rawValue: 4003)
    /// The user has too many sessions already.
    public static let tooManySessions = CloseCode(rawValue: 4004)
    /// The client kept on sending after `rate_limited`.
    public static let rateLimited = CloseCode(rawValue: 4006)
    /// The token is missing or not accepted.
    public static let badToken = CloseCode(rawValue: 4501)
    /// The client did not say `hello` in time.
    public static let noHello = CloseCode(rawValue: 4502)
    /// The session was revoked or the user erased.
    public static let revoked = CloseCode(rawValue: 4506)
}

extension CloseCode {
    /// Whether a client should connect again, with back-off, without changing what it does.
    public var clientShouldRetry: Bool {
        switch rawValue {
        case 1001, 1005, 1006, 1011, 1012, 1013, 4000...4499: true
        default: false
        }
    }

    /// Whether the code may stand in a close frame: the registered ones and the ranges for
    /// libraries (3000–3999) and applications (4000–4999).
    var isAllowedOnWire: Bool {
        switch rawValue {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}

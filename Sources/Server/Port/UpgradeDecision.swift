import NIOHTTP1

/// What becomes of a request for a WebSocket.
enum UpgradeDecision: Sendable {
    /// It becomes one, if its handshake is right.
    case accept
    /// It is answered with an error, and the connection is closed.
    case refuse(UpgradeRefusal)
    /// There is no WebSocket at this address: the router answers.
    case plainHTTP
}

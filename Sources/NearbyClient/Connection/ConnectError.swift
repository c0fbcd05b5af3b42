/// Why there is no connection.
public enum ConnectError: Error, Hashable, Sendable {
    /// The server answered the handshake with this HTTP status.
    case refused(status: Int)
    /// What answered is no WebSocket server.
    case invalidResponse
    /// The server took longer than ``NearbyConnector/handshakeTime``.
    case timedOut
    /// The server at `wss:` could not prove that it is the one: its certificate is for another name, out of date or by
    /// an issuer that is not trusted (see ``ServerTrust``); or it speaks no TLS.
    case untrusted
    /// The connection ended before the handshake did.
    case closed
}

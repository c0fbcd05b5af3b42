/// Why there is no connection.
public enum ConnectError: Error, Hashable, Sendable {
    /// The server answered the handshake with this HTTP status.
    case refused(status: Int)
    /// What answered is no WebSocket server.
    case invalidResponse
    /// The server took longer than ``NearbyConnector/handshakeTime``.
    case timedOut
    /// The connection ended before the handshake did.
    case closed
}

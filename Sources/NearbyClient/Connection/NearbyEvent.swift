public import WebSocket

/// What happens on a connection, in order.
public enum NearbyEvent: Sendable {
    /// A message, what it says besides about staying silent, and when its last byte was read.
    case message(ServerMessage, quiet: Quiet?, arrived: ContinuousClock.Instant)
    /// Something that is no message of this protocol. The connection is being closed: nothing but `closed` follows.
    case unreadable
    /// Always last. See ``WebSocketDelegate/closed(code:wasClean:)`` for the code.
    case closed(code: CloseCode, wasClean: Bool)
}

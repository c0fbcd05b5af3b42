public import WebSocket

/// What happens on a connection, in order.
public enum NearbyEvent: Sendable {
    /// A message, what it says besides about staying silent, and when its last byte was read.
    case message(ServerMessage, quiet: Quiet?, arrived: ContinuousClock.Instant)
    /// Always last. See ``WebSocketDelegate/closed(code:wasClean:)`` for the code.
    case closed(code: CloseCode, wasClean: Bool)
}

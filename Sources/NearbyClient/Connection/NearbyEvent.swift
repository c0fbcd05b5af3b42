public import WebSocket

/// What happens on a connection, in order.
public enum NearbyEvent: Sendable {
    /// A message, and when its last byte was read.
    case message(ServerMessage, arrived: ContinuousClock.Instant)
    /// Always last. See ``WebSocketDelegate/closed(code:wasClean:)`` for the code.
    case closed(code: CloseCode, wasClean: Bool)
}

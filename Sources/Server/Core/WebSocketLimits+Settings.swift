import NIOCore
import WebSocket

extension WebSocketLimits {
    /// The limits of sessions' connections.
    init(_ settings: Settings) {
        self = .server
        messageBytes = settings.messages.maximumBytes
        pingInterval = .milliseconds(settings.sessions.pingInterval.milliseconds)
        pongTime = .milliseconds(settings.sessions.pongTimeout.milliseconds)
    }
}

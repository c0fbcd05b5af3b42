import Hummingbird
import HummingbirdCore
import NIOCore
import NIOHTTP1
import WebSocket

extension HTTPServerBuilder {
    /// A server that answers HTTP requests by its router and turns requests for a WebSocket into
    /// one. The application should listen with ``PortLimits/listenBacklog``.
    ///
    /// - Parameters:
    ///   - isClosing: Whether the port is about to close, so that each request is the last of its connection. Any thread.
    ///   - decide: Called on the connection's event loop for every request with `Upgrade: websocket`.
    ///     A handshake that is accepted here and breaks RFC 6455 is refused all the same.
    ///   - connect: Makes the connection of an accepted one, with its delegate set, on its event loop.
    static func onePort(
        limits: PortLimits = PortLimits(),
        isClosing: @escaping @Sendable () -> Bool = { false },
        decide: @escaping @Sendable (HTTPRequestHead, any Channel) -> UpgradeDecision,
        connect: @escaping @Sendable (any Channel, HTTPRequestHead) -> WebSocketConnection
    ) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            OnePortChannel(responder: responder, limits: limits, isClosing: isClosing, decide: decide, connect: connect)
        }
    }
}

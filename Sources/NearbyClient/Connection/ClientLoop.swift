import NIOCore
import WebSocket

/// What all connections of one event loop share, so that each costs little.
final class ClientLoop {
    let sockets: WebSocketLoop
    let frame = FrameBuffer()

    init(_ eventLoop: any EventLoop) {
        sockets = WebSocketLoop(eventLoop: eventLoop, role: .client, limits: .client)
    }
}

public import NIOCore
public import WebSocket

/// An open connection to a server. Can be used from any thread; made by ``NearbyConnector``.
public final class NearbyConnection: Sendable {
    private let session: NIOLoopBound<ClientSession>

    /// The connection's own event loop, on which its events come.
    public var eventLoop: any EventLoop { session.eventLoop }

    init(_ session: ClientSession, eventLoop: any EventLoop) {
        self.session = NIOLoopBound(session, eventLoop: eventLoop)
    }

    /// Sends a message; ignored when the connection is closing or closed. While the network takes
    /// nothing, a location waits and is replaced by the next one; other messages queue.
    public func send(_ message: ClientMessage, seq: Int64? = nil) {
        perform { $0.send(message, seq: seq) }
    }

    /// Sends a text as it is: for what no ``ClientMessage`` can say.
    public func send(text: String) {
        perform { $0.send(text: text) }
    }

    /// Starts the closing handshake; `closed` follows as the last event.
    public func close(code: CloseCode = .normal) {
        perform { $0.close(code) }
    }

    private func perform(_ body: @escaping @Sendable (ClientSession) -> Void) {
        if eventLoop.inEventLoop { return body(session.value) }
        eventLoop.execute { [session] in body(session.value) }
    }
}

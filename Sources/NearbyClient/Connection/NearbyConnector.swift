public import NIOCore
import NIOHTTP1
public import NIOPosix
import NIOSSL
import ServiceIdentity
import Synchronization
import WebSocket

/// Makes connections, thousands of them if need be, on the event loops of one group; those on
/// the same loop share their memory, and none has a task or a timer of its own.
public final class NearbyConnector: Sendable {
    /// How long a server may take to accept a connection, and then to answer the handshake.
    public static let handshakeTime = TimeAmount.seconds(10)

    /// On the process' common event loops, with the system's trust.
    public static let shared = NearbyConnector()

    private let group: any EventLoopGroup
    private let trust: ServerTrust
    /// Made for the first connection that needs it.
    private let tlsContext = Mutex<NIOSSLContext?>(nil)
    private let loops: [ObjectIdentifier: NIOLoopBoundBox<ClientLoop?>]

    /// - Parameters:
    ///   - group: Has to outlive the connections.
    ///   - trust: Which servers at `wss:` to believe.
    public init(
        group: any EventLoopGroup = .singletonMultiThreadedEventLoopGroup,
        trust: ServerTrust = .system
    ) {
        self.group = group
        self.trust = trust
        let boxes = group.makeIterator().map {
            (ObjectIdentifier($0), NIOLoopBoundBox.makeEmptyBox(valueType: ClientLoop.self, eventLoop: $0))
        }
        loops = Dictionary(uniqueKeysWithValues: boxes)
    }

    /// Connects and shakes hands; the first message, `hello`, is the caller's to send.
    ///
    /// - Parameter receive: Called for every event, on the connection's event loop: it must not
    ///   block. What comes right behind the handshake comes before `connect` returns.
    /// - Throws: ``ConnectError``, or the system's reason why the server cannot be reached.
    public func connect(
        to url: ServerURL, receive: @escaping @Sendable (NearbyEvent) -> Void
    ) async throws -> NearbyConnection {
        try await connect(to: url, on: nextEventLoop(), receive: receive).get()
    }

    /// The same on this event loop, one of ``nextEventLoop()``.
    func connect(
        to url: ServerURL, on loop: any EventLoop, receive: @escaping @Sendable (NearbyEvent) -> Void
    ) -> EventLoopFuture<NearbyConnection> {
        loop.flatSubmit {
            do {
                return self.connect(on: loop, url, url.isSecure ? try self.sharedTLSContext() : nil, receive)
            } catch {
                return loop.makeFailedFuture(error)
            }
        }
    }

    func nextEventLoop() -> any EventLoop { group.next() }

    /// Called on the loop, so that the handshake begins in the call that connects the channel: nothing that the server
    /// or TLS says is missed.
    private func connect(
        on loop: any EventLoop, _ url: ServerURL, _ context: NIOSSLContext?,
        _ receive: @escaping @Sendable (NearbyEvent) -> Void
    ) -> EventLoopFuture<NearbyConnection> {
        ClientBootstrap(group: loop)
            .connectTimeout(Self.handshakeTime)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let context {
                        try pipeline.addHandler(NIOSSLClientHandler.forServer(url.host, context: context))
                    }
                    try pipeline.addHandler(HTTPRequestEncoder())
                }
            }
            .connect(host: url.host, port: url.port)
            .flatMap { self.shakeHands($0, url, receive) }
    }

    private func sharedTLSContext() throws -> NIOSSLContext {
        try tlsContext.withLock { context in
            if let context { return context }
            let new = try trust.makeContext()
            context = new
            return new
        }
    }

    private func shakeHands(
        _ channel: any Channel, _ url: ServerURL, _ receive: @escaping @Sendable (NearbyEvent) -> Void
    ) -> EventLoopFuture<NearbyConnection> {
        let loop = loop(of: channel.eventLoop)
        let connection = WebSocketConnection(loop: loop.sockets, writesDirectly: !url.isSecure)
        let session = ClientSession(loop: loop, connection: connection, receive: receive)
        connection.delegate = session
        let handler = HandshakeHandler(url: url, connection: connection, eventLoop: channel.eventLoop)
        do {
            try channel.pipeline.syncOperations.addHandler(handler.decoder)
            try channel.pipeline.syncOperations.addHandler(handler)
        } catch {
            // The server accepted and closed at once.
            handler.abandon(ConnectError.closed)
        }
        // Connection and session hold each other until the connection ends, which then never opens.
        handler.done.assumeIsolated().whenFailure { _ in connection.delegate = nil }
        let made = NearbyConnection(session, eventLoop: channel.eventLoop)
        return handler.done.map { made }
    }

    private func loop(of eventLoop: any EventLoop) -> ClientLoop {
        guard let box = loops[ObjectIdentifier(eventLoop)] else {
            preconditionFailure("the group has made an event loop that it did not have")
        }
        if let loop = box.value { return loop }
        let loop = ClientLoop(eventLoop)
        box.value = loop
        return loop
    }
}

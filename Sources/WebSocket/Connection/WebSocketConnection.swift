public import NIOCore

/// A WebSocket connection (RFC 6455), as the one handler on its channel, on raw bytes.
///
/// It lives on its channel's event loop and is used there alone. It owns no timer, no task and,
/// while no frame is half read or half written, no buffer. Reading is in `+Receiving`, writing in
/// `+Sending`, the end of it in `+Closing`.
public final class WebSocketConnection: ChannelInboundHandler {
    public typealias InboundIn = ByteBuffer
    public typealias OutboundOut = ByteBuffer

    enum Phase: Equatable {
        /// Not on an active channel yet.
        case new
        case open
        /// Our close frame is out, the peer's is awaited.
        case closing(CloseCode)
        /// The delegate has heard `closed`; only the socket is left to end.
        case over
    }

    let loop: WebSocketLoop
    let writesDirectly: Bool
    var phase = Phase.new
    var context: ChannelHandlerContext?
    var slot: KeepAlive.Slot?

    var parser: FrameParser
    var budget = ControlBudget()
    /// Whether anything came since the last ping.
    var wasHeard = true
    /// When the message that is being read began; milliseconds.
    var messageSince: Int64?
    /// When closing began; milliseconds.
    var closingSince: Int64 = 0

    /// For writing past NIO; `nil` where that is impossible or would be wrong by now.
    var socket: SocketHandle?
    var outbox = Outbox()

    /// Whether one of the owner's calls is running, so that `closed` must not be called now.
    var isInCall = false
    /// Whether the loop's sweep knows this connection.
    var isWatched = false

    /// The owner, held until it has heard `closed`. Set it before the channel is used.
    public var delegate: (any WebSocketDelegate)?

    /// - Parameters:
    ///   - loop: What the connections of the channel's event loop share.
    ///   - writesDirectly: `false` if another handler, such as TLS, stands between this one and
    ///     the socket, so that frames have to go through it.
    public init(loop: WebSocketLoop, writesDirectly: Bool = true) {
        self.loop = loop
        self.writesDirectly = writesDirectly
        parser = FrameParser(
            role: loop.role, maximumMessage: loop.limits.messageBytes,
            maximumFragments: loop.limits.fragments)
    }

    /// Whether messages can be sent: from `opened()` to a call of `close` or to `closed`.
    public var isOpen: Bool { phase == .open }

    /// Whether the last frame has not left completely. Whoever sends states rather than messages
    /// waits for `becameWritable()` and then sends the newest.
    public var isBlocked: Bool { outbox.isBlocked }

    /// Where the peer is; `nil` once the connection is over.
    public var remoteAddress: SocketAddress? { context?.remoteAddress }

    public func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { start(context) }
    }

    public func channelActive(context: ChannelHandlerContext) {
        start(context)
        context.fireChannelActive()
    }

    public func handlerRemoved(context: ChannelHandlerContext) {
        socket = nil
        self.context = nil
        streamEnded()
        delegate = nil
    }

    private func start(_ context: ChannelHandlerContext) {
        guard phase == .new else { return }
        loop.eventLoop.assertInEventLoop()
        context.channel.applyWebSocketOptions()
        if writesDirectly { socket = SocketHandle(context) }
        phase = .open
        slot = loop.add(self)
        delegate?.opened()
    }
}

extension SocketHandle {
    /// `nil` if the channel is not a plain socket.
    fileprivate init?(_ context: ChannelHandlerContext) {
        let descriptor = try? context.pipeline.syncOperations.withUnsafeTransportIfAvailable(
            of: NIOBSDSocket.Handle.self
        ) { $0 }
        guard let descriptor else { return nil }
        self.init(descriptor: descriptor)
    }
}

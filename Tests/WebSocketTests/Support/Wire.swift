import NIOCore
import NIOEmbedded

@testable import WebSocket

/// A connection on an embedded channel, with the test as its peer and the master of its clock.
struct Wire {
    let channel: EmbeddedChannel
    let loop: WebSocketLoop
    let connection: WebSocketConnection
    let recorder = Recorder()
    let frame = FrameBuffer()
    /// Holds back what is written while it is shut.
    let dam = Dam()
    private let peerRole: WebSocketRole

    init(
        role: WebSocketRole = .server, limits: WebSocketLimits = .server,
        onOpened: @escaping (WebSocketConnection) -> Void = { _ in }
    ) throws {
        let eventLoop = EmbeddedEventLoop()
        channel = EmbeddedChannel(handler: dam, loop: eventLoop)
        loop = WebSocketLoop(eventLoop: eventLoop, role: role, limits: limits)
        connection = WebSocketConnection(loop: loop)
        connection.delegate = recorder
        recorder.onOpened = { [connection] in onOpened(connection) }
        peerRole = role == .server ? .client : .server
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        try channel.pipeline.syncOperations.addHandler(connection)
    }

    var calls: [Recorder.Call] { recorder.calls }

    /// The peer sends frames, in one piece.
    func receive(_ frames: RawFrame...) throws {
        let bytes = frames.map { peerRole == .server ? $0.unmasked : $0 }.flatMap(\.bytes)
        try channel.writeInbound(ByteBuffer(bytes: bytes))
    }

    func send(_ text: String) {
        frame.reset()
        frame.append(string: text)
        connection.send(text: frame)
    }

    /// What the peer has heard since the last call.
    func heard() throws -> [Heard] {
        var run = ParserRun(role: peerRole, maximumMessage: .max)
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) { run.feed(buffer.readableBytesView) }
        return run.heard
    }

    func pass(_ time: TimeAmount) { channel.embeddedEventLoop.advanceTime(by: time) }
    func settle() { channel.embeddedEventLoop.run() }
}

/// Stands for a socket that takes nothing for a while.
final class Dam: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private(set) var isShut = false
    private var held: [(NIOAny, EventLoopPromise<Void>?)] = []
    private var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func shut() { isShut = true }

    func open() {
        isShut = false
        let held = held
        self.held = []
        for (data, promise) in held { context?.write(data, promise: promise) }
        context?.flush()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if isShut { held.append((data, promise)) } else { context.write(data, promise: promise) }
    }
}

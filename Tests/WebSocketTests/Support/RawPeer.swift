import NIOCore
import NIOPosix

@testable import WebSocket

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A client's socket without any protocol.
struct RawPeer: Sendable {
    let channel: any Channel
    private let incoming: AsyncStream<ByteBuffer>

    static func connect(
        to address: SocketAddress, autoRead: Bool, receiveBuffer: Int32?
    ) async throws -> RawPeer {
        let (incoming, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
        var bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.autoRead, value: autoRead)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Funnel(continuation))
                }
            }
        if let receiveBuffer {
            bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: .init(receiveBuffer))
        }
        return RawPeer(channel: try await bootstrap.connect(to: address).get(), incoming: incoming)
    }

    func send(_ frames: RawFrame...) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: frames.flatMap(\.bytes)))
    }

    func startReading() async throws { try await channel.setOption(.autoRead, value: true).get() }

    /// Closes so that the other side gets a reset.
    func reset() async throws {
        let options = channel as? any SocketOptionProvider
        try await options?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try await channel.close()
    }

    /// What comes until `isEnough` says so or the stream ends.
    func hear(until isEnough: ([Heard]) -> Bool) async -> [Heard] {
        var run = ParserRun(role: .client, maximumMessage: .max)
        for await buffer in incoming {
            run.feed(buffer.readableBytesView)
            if isEnough(run.heard) { break }
        }
        return run.heard
    }
}

private final class Funnel: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let continuation: AsyncStream<ByteBuffer>.Continuation

    init(_ continuation: AsyncStream<ByteBuffer>.Continuation) { self.continuation = continuation }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { continuation.yield(unwrapInboundIn(data)) }
    func channelInactive(context: ChannelHandlerContext) { continuation.finish() }
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed { continuation.finish() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

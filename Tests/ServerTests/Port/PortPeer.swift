import NIOCore
import NIOPosix

@testable import WebSocket

/// A client that speaks in texts, and frames if it likes.
struct PortPeer {
    let channel: any Channel
    private let incoming: AsyncStream<ByteBuffer>

    static func connect(to server: PortServer) async throws -> PortPeer {
        let (incoming, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Funnel(continuation))
                }
            }
            .connect(to: server.address).get()
        return PortPeer(channel: channel, incoming: incoming)
    }

    /// Lines are joined by CR LF; an empty one at the end ends a head.
    func send(_ lines: String...) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: lines.joined(separator: "\r\n")))
    }

    /// A head with the usual fields, and what follows it in the same packet.
    func upgrade(_ path: String, _ extra: [String] = [], then rest: [UInt8] = []) async throws {
        let lines =
            ["GET \(path) HTTP/1.1", "Host: localhost", "Upgrade: websocket", "Connection: Upgrade"]
            + ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="] + extra + ["", ""]
        try await channel.writeAndFlush(ByteBuffer(bytes: Array(lines.joined(separator: "\r\n").utf8) + rest))
    }

    func say(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: Self.frame(text)))
    }

    static func frame(_ text: String) -> [UInt8] {
        let frame = FrameBuffer()
        frame.append(string: text)
        return Array(frame.frame(.text, mask: 0x0102_0304))
    }

    /// What comes, as text, until it contains `wanted` or the stream ends.
    func hear(_ wanted: String) async -> String {
        var heard = ""
        for await buffer in incoming {
            heard += String(decoding: buffer.readableBytesView, as: Unicode.ASCII.self)
            if heard.contains(wanted) { break }
        }
        return heard
    }

    /// All that comes until the server ends the stream.
    func hearEnd() async -> String { await hear("\u{0}never\u{0}") }
}

private final class Funnel: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let continuation: AsyncStream<ByteBuffer>.Continuation

    init(_ continuation: AsyncStream<ByteBuffer>.Continuation) { self.continuation = continuation }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { continuation.yield(unwrapInboundIn(data)) }
    func channelInactive(context: ChannelHandlerContext) { continuation.finish() }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed { continuation.finish() }
    }
}

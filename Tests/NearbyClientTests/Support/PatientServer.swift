import NIOCore
import NIOHTTP1
import NIOPosix
import WebSocket

@testable import NearbyClient

/// A server that does nothing by itself: whoever knocks waits until the test says what becomes of it.
struct PatientServer {
    let url: ServerURL
    private let guests: AsyncStream<PatientGuest>

    /// The next who has asked for a WebSocket.
    func next() async throws -> PatientGuest {
        for await guest in guests { return guest }
        throw CancellationError()
    }

    static func run<Value>(
        isolation: isolated (any Actor)? = #isolation, _ body: (PatientServer) async throws -> Value
    ) async throws -> Value {
        let (guests, knock) = AsyncStream.makeStream(of: PatientGuest.self)
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(
                        ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes)))
                    try pipeline.addHandler(Porter(knock))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = PatientServer(
            url: ServerURL("ws://127.0.0.1:\(channel.localAddress!.port!)")!, guests: guests)
        do {
            let value = try await body(server)
            try await channel.close()
            return value
        } catch {
            try await channel.close()
            throw error
        }
    }
}

/// One connection at such a server.
struct PatientGuest: Sendable {
    fileprivate let channel: any Channel
    fileprivate let acceptKey: String
    fileprivate let heard: AsyncStream<ByteBuffer>

    /// Shakes hands, and says something right behind it.
    func accept(saying text: String? = nil) {
        var bytes = ServerHandshake.response(acceptKey: acceptKey)
        if let text { bytes.writeImmutableBuffer(Self.frame(0x81, Array(text.utf8))) }
        channel.writeAndFlush(bytes, promise: nil)
    }

    func refuse() {
        channel.writeAndFlush(
            ByteBuffer(string: "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n"), promise: nil)
    }

    func say(_ text: String) { say(opcode: 0x81, Array(text.utf8)) }

    func say(opcode: UInt8, _ payload: [UInt8]) {
        channel.writeAndFlush(Self.frame(opcode, payload), promise: nil)
    }

    func close(_ code: UInt16) { say(opcode: 0x88, [UInt8(code >> 8), UInt8(truncatingIfNeeded: code)]) }

    /// The text of the next frame.
    func hear() async throws -> String {
        for await var bytes in heard { return try Self.text(&bytes) }
        throw CancellationError()
    }

    /// Hears until the client has gone.
    func waitForItsEnd() async { for await _ in heard {} }

    private static func frame(_ opcode: UInt8, _ payload: [UInt8]) -> ByteBuffer {
        var bytes = ByteBuffer(bytes: [opcode])
        if payload.count < 126 {
            bytes.writeInteger(UInt8(payload.count))
        } else {
            bytes.writeBytes([126])
            bytes.writeInteger(UInt16(payload.count))
        }
        bytes.writeBytes(payload)
        return bytes
    }

    /// Clients' frames are masked (RFC 6455, section 5.3).
    private static func text(_ bytes: inout ByteBuffer) throws -> String {
        guard let head = bytes.readBytes(length: 2), head[1] & 0x7F == 126 ? bytes.readBytes(length: 2) != nil : true,
            let mask = bytes.readBytes(length: 4)
        else { throw CancellationError() }
        let payload = bytes.readableBytesView.enumerated().map { $1 ^ mask[$0 % 4] }
        return String(decoding: payload, as: UTF8.self)
    }
}

/// Waits for the whole request; what comes later is heard as it is.
private final class Porter: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    private let knock: AsyncStream<PatientGuest>.Continuation
    private var acceptKey = ""

    init(_ knock: AsyncStream<PatientGuest>.Continuation) { self.knock = knock }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): if case .accepted(let key) = ServerHandshake.check(head) { acceptKey = key }
        case .body: break
        case .end: letIn(context)
        }
    }

    private func letIn(_ context: ChannelHandlerContext) {
        let (heard, hear) = AsyncStream.makeStream(of: ByteBuffer.self)
        let pipeline = context.pipeline.syncOperations
        try? pipeline.addHandler(Listener(hear))
        pipeline.removeHandler(context: context, promise: nil)
        if let decoder = try? pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self) {
            pipeline.removeHandler(decoder, promise: nil)
        }
        knock.yield(PatientGuest(channel: context.channel, acceptKey: acceptKey, heard: heard))
    }
}

private final class Listener: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let hear: AsyncStream<ByteBuffer>.Continuation

    init(_ hear: AsyncStream<ByteBuffer>.Continuation) { self.hear = hear }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { hear.yield(unwrapInboundIn(data)) }
    func channelInactive(context: ChannelHandlerContext) { hear.finish() }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

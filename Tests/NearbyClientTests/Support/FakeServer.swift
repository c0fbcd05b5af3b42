import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import WebSocket

@testable import NearbyClient

/// Answers every handshake, `hello` with a welcome, a location with nothing, and does what other texts say; or answers
/// with something else and hangs up.
struct FakeServer {
    let url: ServerURL

    /// - Parameters:
    ///   - isClosing: Whether it closes every connection as soon as it has it.
    ///   - certificate: With one it speaks TLS.
    @discardableResult
    static func run<Value>(
        answer: String? = nil, isClosing: Bool = false, certificate: TestCertificate? = nil,
        isolation: isolated (any Actor)? = #isolation, _ body: (FakeServer) async throws -> Value
    ) async throws -> Value {
        let context = try certificate?.serverContext()
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 256)
            .childChannelInitializer { channel in
                if isClosing { return channel.close() }
                return channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let context { try pipeline.addHandler(NIOSSLServerHandler(context: context)) }
                    try pipeline.addHandler(
                        ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes)))
                    try pipeline.addHandler(Doorman(answer: answer, isSecure: context != nil))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let scheme = context == nil ? "ws" : "wss"
        let server = FakeServer(url: ServerURL("\(scheme)://127.0.0.1:\(channel.localAddress!.port!)")!)
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

private final class Doorman: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    private let answer: String?
    private let isSecure: Bool
    private var head: HTTPRequestHead?

    init(answer: String?, isSecure: Bool) {
        self.answer = answer
        self.isSecure = isSecure
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: break
        case .end: open(context)
        }
    }

    private func open(_ context: ChannelHandlerContext) {
        if let answer {
            context.writeAndFlush(NIOAny(ByteBuffer(string: answer)), promise: nil)
            return context.close(promise: nil)
        }
        guard let head, head.uri == "/v1/ws", case .accepted(let key) = ServerHandshake.check(head) else {
            return context.close(promise: nil)
        }
        context.writeAndFlush(NIOAny(ServerHandshake.response(acceptKey: key)), promise: nil)
        let connection = WebSocketConnection(
            loop: WebSocketLoop(eventLoop: context.eventLoop), writesDirectly: !isSecure)
        connection.delegate = Host(connection)
        let pipeline = context.pipeline.syncOperations
        try? pipeline.addHandler(connection)
        pipeline.removeHandler(context: context, promise: nil)
        if let decoder = try? pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self) {
            pipeline.removeHandler(decoder, promise: nil)
        }
    }
}

private final class Host: WebSocketDelegate {
    private let connection: WebSocketConnection
    private let frame = FrameBuffer()

    init(_ connection: WebSocketConnection) { self.connection = connection }

    func opened() {}
    func received(binary: UnsafeRawBufferPointer) {}
    func becameWritable() {}
    func closed(code: CloseCode, wasClean: Bool) {}

    func received(text: UnsafeRawBufferPointer) {
        let text = String(decoding: text, as: UTF8.self)
        if text.hasPrefix("close "), let code = UInt16(text.dropFirst(6)) {
            return connection.close(code: CloseCode(rawValue: code))
        }
        if text.contains(#""type":"location""#) { return }
        frame.reset()
        frame.append(string: text.contains(#""type":"hello""#) ? Samples.welcome : "not a message")
        connection.send(text: frame)
    }
}

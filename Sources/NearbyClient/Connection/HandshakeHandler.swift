import NIOCore
import NIOHTTP1
import NIOSSL
import ServiceIdentity
import WebSocket

/// Asks for the WebSocket, and steps aside when the server has agreed.
final class HandshakeHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    let decoder = ByteToMessageHandler(HTTPResponseDecoder(leftOverBytesStrategy: .forwardBytes))
    private let handshake = ClientHandshake()
    private let url: ServerURL
    private let connection: WebSocketConnection
    private let promise: EventLoopPromise<Void>
    var done: EventLoopFuture<Void> { promise.futureResult }
    private var isDone = false

    init(url: ServerURL, connection: WebSocketConnection, eventLoop: any EventLoop) {
        self.url = url
        self.connection = connection
        promise = eventLoop.makePromise()
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let request = handshake.request(host: url.hostHeader, path: url.path)
        context.write(wrapOutboundOut(.head(request)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.eventLoop.assumeIsolated().scheduleTask(in: NearbyConnector.handshakeTime) {
            self.fail(context, ConnectError.timedOut)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDone else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            switch handshake.check(head) {
            case nil: break
            case .refused(let status): fail(context, ConnectError.refused(status: Int(status.code)))
            case .invalidResponse: fail(context, ConnectError.invalidResponse)
            }
        case .body: break
        case .end: handOver(context)
        }
    }

    private func handOver(_ context: ChannelHandlerContext) {
        isDone = true
        let pipeline = context.pipeline.syncOperations
        do {
            let encoder = try pipeline.handler(type: HTTPRequestEncoder.self)
            pipeline.removeHandler(encoder, promise: nil)
            try pipeline.addHandler(connection)
        } catch {
            promise.fail(error)
            return context.close(promise: nil)
        }
        pipeline.removeHandler(context: context, promise: nil)
        pipeline.removeHandler(decoder, promise: nil)
        promise.succeed()
    }

    private func fail(_ context: ChannelHandlerContext, _ error: any Error) {
        guard !isDone else { return }
        abandon(error)
        context.close(promise: nil)
    }

    /// Nothing came of it: ``done`` fails, unless it has succeeded or failed before.
    func abandon(_ error: any Error) {
        guard !isDone else { return }
        isDone = true
        promise.fail(error)
    }

    /// The channel may have ended before the handler was in its pipeline.
    func handlerRemoved(context: ChannelHandlerContext) {
        abandon(ConnectError.closed)
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(context, ConnectError.closed)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(context, ConnectError(error) ?? error)
    }
}

extension ConnectError {
    /// `nil` if it is the system's to say what was wrong.
    fileprivate init?(_ error: any Error) {
        switch error {
        case is HTTPParserError: self = .invalidResponse
        case NIOSSLError.uncleanShutdown, NIOSSLError.handshakeFailed(.sslError([.eofDuringHandshake])): self = .closed
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError, is WrongCertificate: self = .untrusted
        default: return nil
        }
    }
}

import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// Hummingbird's side of the gate: its handlers, and what they write and ask for.
extension RequestGate {
    func addHummingbird(
        _ context: ChannelHandlerContext, _ logger: Logger
    ) throws -> OnePortChannel.HTTPStream {
        let pipeline = context.pipeline.syncOperations
        let idleTime = Duration.nanoseconds(port.limits.idleTime.nanoseconds)
        try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
        try pipeline.addHandler(HTTPConnectionStateHandler(idleTimeout: idleTime, logger: logger))
        return try NIOAsyncChannel(
            wrappingChannelSynchronously: context.channel,
            configuration: .init(isOutboundHalfClosureEnabled: true))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch phase {
        case .lingering, .handedOver:
            promise?.fail(ChannelError.outputClosed)
        case .fresh, .http, .upgrading, .lastRequest:
            writeResponse(context, unwrapOutboundIn(data), promise)
        }
    }

    private func writeResponse(
        _ context: ChannelHandlerContext, _ part: HTTPServerResponsePart, _ promise: EventLoopPromise<Void>?
    ) {
        switch part {
        case .head(var head):
            if case .lastRequest = phase { head.headers.replaceOrAdd(name: "connection", value: "close") }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            context.write(wrapOutboundOut(part), promise: promise)
        case .end:
            unanswered -= 1
            context.write(wrapOutboundOut(part), promise: promise)
            responseEnded(context)
        }
    }

    private func responseEnded(_ context: ChannelHandlerContext) {
        switch phase {
        case .upgrading:
            context.flush()
            upgradeIfReady(context)
        case .lastRequest where unanswered == 0:
            context.flush()
            linger(context)
        default: break
        }
    }

    func read(context: ChannelHandlerContext) {
        switch phase {
        case .fresh, .http: context.read()
        // While a request is being read all reading is automatic; after it nothing is to be read.
        case .upgrading(let upgrade): if !upgrade.isComplete { context.read() }
        case .lastRequest: if clock.isMidRequest { context.read() }
        case .lingering: context.read()
        case .handedOver: break
        }
    }

    /// Hummingbird closes when it is done with a connection, which it may no longer have.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if case .handedOver = phase { promise?.succeed() } else { context.close(mode: mode, promise: promise) }
    }
}

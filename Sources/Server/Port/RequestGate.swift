import Logging
import NIOCore
import NIOHTTP1
import WebSocket

/// Stands behind the HTTP decoder and looks at every request of a connection: plain ones pass to
/// Hummingbird, which is put behind it when the first one comes; one for a WebSocket ends the
/// HTTP of this connection, also after earlier requests, once those are answered.
///
/// It also guards what comes before a request is complete: time, size, half-closed peers.
final class RequestGate: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    enum Phase {
        /// No request yet, and nothing behind the gate.
        case fresh
        /// Requests pass to Hummingbird.
        case http
        /// A plain request that is answered and the connection closed: after it the decoder reads no
        /// more, because it had an `Upgrade` that nobody follows, or the port is about to close.
        case lastRequest
        /// A request for a WebSocket is being read, or waits for the answers before it.
        case upgrading(Upgrade)
        /// Refused; only the peer's end of stream is awaited.
        case lingering
        /// The WebSocket stands in front of the gate, and Hummingbird's handlers are left idle
        /// behind it, because they can only go with the connection.
        case handedOver
    }

    struct Upgrade {
        enum Answer {
            case accept(HTTPRequestHead, acceptKey: String)
            case refuse(UpgradeRefusal)
        }
        var answer: Answer
        /// Whether the request was read to its end.
        var isComplete = false
    }

    let encoder = HTTPResponseEncoder()
    let decoder: ByteToMessageHandler<HTTPRequestDecoder>
    let port: OnePortChannel
    private let logger: Logger
    /// Hummingbird's requests, once there is one; `nil` if there will be none.
    let requests: EventLoopFuture<OnePortChannel.HTTPStream?>
    private var undecided: EventLoopPromise<OnePortChannel.HTTPStream?>?
    private(set) var hasHummingbird = false
    private var context: ChannelHandlerContext?

    var phase = Phase.fresh
    /// Requests that passed and are not answered.
    var unanswered = 0
    var clock = RequestClock()

    init(port: OnePortChannel, eventLoop: any EventLoop, logger: Logger) {
        self.port = port
        self.logger = logger
        let promise = eventLoop.makePromise(of: OnePortChannel.HTTPStream?.self)
        requests = promise.futureResult
        undecided = promise
        decoder = ByteToMessageHandler(
            HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: port.limits.decoder))
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if clock.start(now: context.eventLoop.now) { setTimer(context, port.limits.requestTime) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        settle(nil)
    }

    /// A timer that is no longer wanted is left to fire, and holds nothing until then: taking one
    /// of ten thousand out of the event loop's queue costs more than that.
    func setTimer(_ context: ChannelHandlerContext, _ time: TimeAmount) {
        context.eventLoop.assumeIsolated().scheduleTask(in: time) { [weak self] in
            guard let self, let context = self.context else { return }
            self.timerFired(context)
        }
    }

    /// Tells the connection's task what it has to do; only the first time counts.
    func settle(_ requests: OnePortChannel.HTTPStream?) {
        undecided?.succeed(requests)
        undecided = nil
        if requests != nil { hasHummingbird = true }
    }
}

// MARK: - Requests

extension RequestGate {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch phase {
        case .fresh, .http, .lastRequest, .upgrading: break
        // After the decoder was taken out these are bytes, of no use to anybody.
        case .lingering, .handedOver: return
        }
        switch unwrapInboundIn(data) {
        case .head(let head): headCame(context, head)
        case .body: bodyCame(context, data)
        case .end: endCame(context, data)
        }
    }

    private func headCame(_ context: ChannelHandlerContext, _ head: HTTPRequestHead) {
        clock.headCame()
        if let answer = answer(to: head, context.channel) {
            phase = .upgrading(Upgrade(answer: answer))
        } else {
            pass(context, head)
        }
    }

    private func answer(to head: HTTPRequestHead, _ channel: any Channel) -> Upgrade.Answer? {
        let handshake = ServerHandshake.check(head)
        if handshake == .plainHTTP { return nil }
        switch port.decide(head, channel) {
        case .plainHTTP: return nil
        case .refuse(let refusal): return .refuse(refusal)
        case .accept: break
        }
        switch handshake {
        case .accepted(let key): return .accept(head, acceptKey: key)
        case .refused(let failure): return .refuse(UpgradeRefusal(failure))
        case .plainHTTP: return nil
        }
    }

    private func pass(_ context: ChannelHandlerContext, _ head: HTTPRequestHead) {
        guard case .fresh = phase else { return forward(context, head) }
        do {
            settle(try addHummingbird(context, logger))
            phase = .http
            forward(context, head)
        } catch {
            context.close(promise: nil)
        }
    }

    private func forward(_ context: ChannelHandlerContext, _ head: HTTPRequestHead) {
        var head = head
        unanswered += 1
        if head.stopsDecoder || port.isClosing() {
            head.headers.remove(name: "upgrade")
            head.headers.replaceOrAdd(name: "connection", value: "close")
            phase = .lastRequest
        }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    private func bodyCame(_ context: ChannelHandlerContext, _ data: NIOAny) {
        clock.bodyCame()
        if case .upgrading(var upgrade) = phase {
            upgrade.answer = .refuse(.bodyInHandshake)
            phase = .upgrading(upgrade)
        } else {
            context.fireChannelRead(data)
        }
    }

    private func endCame(_ context: ChannelHandlerContext, _ data: NIOAny) {
        clock.endCame()
        switch phase {
        case .upgrading(var upgrade):
            upgrade.isComplete = true
            phase = .upgrading(upgrade)
            stopReading(context)
            upgradeIfReady(context)
        case .lastRequest:
            stopReading(context)
            context.fireChannelRead(data)
        case .fresh, .http, .lingering, .handedOver:
            context.fireChannelRead(data)
        }
    }

    /// The decoder would collect what it does not read, without a limit.
    private func stopReading(_ context: ChannelHandlerContext) {
        try? context.channel.syncOptions?.setOption(.autoRead, value: false)
    }

    func upgradeIfReady(_ context: ChannelHandlerContext) {
        guard case .upgrading(let upgrade) = phase, upgrade.isComplete, unanswered == 0 else { return }
        switch upgrade.answer {
        case .refuse(let refusal): refuse(context, refusal)
        case .accept(let head, let key): switchProtocols(context, head, key)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        switch phase {
        case .fresh, .http, .lastRequest:
            if clock.readEnded(now: context.eventLoop.now) { setTimer(context, port.limits.requestTime) }
        case .upgrading, .lingering, .handedOver: break
        }
        context.fireChannelReadComplete()
    }
}

extension HTTPRequestHead {
    /// Whether NIO's decoder takes all that follows this request for another protocol.
    fileprivate var stopsDecoder: Bool {
        method == .CONNECT
            || (headers.contains(name: "upgrade")
                && headers[canonicalForm: "connection"].contains { $0.lowercased() == "upgrade" })
    }
}

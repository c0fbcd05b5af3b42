import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import WebSocket

/// REST and WebSocket on one port: every connection starts with nothing but an HTTP decoder, an
/// encoder and a ``RequestGate``; what its first request asks for decides what it becomes.
///
/// For HTTP, Hummingbird's handlers are added and its task runs as ever. For a WebSocket, all that
/// was there is taken out, one handler goes in, and the task that waited for the decision ends.
struct OnePortChannel: HTTPChannelHandler {
    typealias HTTPStream = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    struct Value: ServerChildChannelValue {
        let channel: any Channel
        /// The requests, once the first is there; `nil` if there is nothing for a task to do.
        let requests: EventLoopFuture<HTTPStream?>
    }

    let responder: HTTPChannelHandler.Responder
    let limits: PortLimits
    let isClosing: @Sendable () -> Bool
    let decide: @Sendable (HTTPRequestHead, any Channel) -> UpgradeDecision
    let connect: @Sendable (any Channel, HTTPRequestHead) -> WebSocketConnection

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            try channel.setSmallBuffers()
            let gate = RequestGate(port: self, eventLoop: channel.eventLoop, logger: logger)
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(gate.encoder)
            try pipeline.addHandler(gate.decoder)
            try pipeline.addHandler(gate)
            return Value(channel: channel, requests: gate.requests)
        }
    }

    func handle(value: Value, logger: Logger) async {
        guard let requests = try? await value.requests.get() else { return }
        await handleHTTP(asyncChannel: requests, logger: logger)
    }
}

extension Channel {
    /// Many connections are idle: they start with small buffers and grow with what they read.
    fileprivate func setSmallBuffers() throws {
        let receive = AdaptiveRecvByteBufferAllocator(minimum: 64, initial: 512, maximum: 65536)
        try syncOptions?.setOption(.recvAllocator, value: receive)
        try syncOptions?.setOption(.tcpOption(.tcp_nodelay), value: 1)
    }
}

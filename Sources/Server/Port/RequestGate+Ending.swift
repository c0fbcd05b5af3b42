import NIOCore
import NIOHTTP1
import WebSocket

/// How HTTP ends on a connection: by a WebSocket, by a refusal, by time, by the peer.
extension RequestGate {
    /// The WebSocket is put in place once the answer has left, so that it finds a channel of its own.
    func switchProtocols(_ context: ChannelHandlerContext, _ head: HTTPRequestHead, _ acceptKey: String) {
        let pipeline = context.pipeline.syncOperations
        pipeline.removeHandler(encoder, promise: nil)
        let response = NIOAny(ServerHandshake.response(acceptKey: acceptKey))
        context.writeAndFlush(response).assumeIsolated().whenComplete { result in
            switch result {
            case .success: self.handOver(context, head)
            case .failure: context.close(promise: nil)
            }
        }
    }

    private func handOver(_ context: ChannelHandlerContext, _ head: HTTPRequestHead) {
        guard context.channel.isActive, case .upgrading = phase else { return }
        let channel = context.channel
        let pipeline = context.pipeline.syncOperations
        let isAlone = !hasHummingbird
        phase = .handedOver
        let connection = port.connect(channel, head)
        do {
            try pipeline.addHandler(connection, position: .before(self))
        } catch {
            connection.delegate = nil
            return channel.close(promise: nil)
        }
        if isAlone { pipeline.removeHandler(context: context, promise: nil) } else { endRequests(context) }
        // What followed the handshake goes to the WebSocket, and only then may more be read.
        pipeline.removeHandler(decoder).assumeIsolated().whenComplete { _ in
            try? channel.syncOptions?.setOption(.autoRead, value: true)
        }
    }

    /// For Hummingbird's task the requests are over; it then waits for the connection's end.
    private func endRequests(_ context: ChannelHandlerContext) {
        context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
    }

    func refuse(_ context: ChannelHandlerContext, _ refusal: UpgradeRefusal) {
        context.write(wrapOutboundOut(.head(refusal.head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(refusal.body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        linger(context)
    }

    /// Ends our half of the stream, then reads and drops what the peer still sends until it ends
    /// its own: closing with bytes unread would reset the connection and could destroy the answer.
    func linger(_ context: ChannelHandlerContext) {
        phase = .lingering
        settle(nil)
        context.close(mode: .output, promise: nil)
        context.pipeline.syncOperations.removeHandler(decoder, promise: nil)
        try? context.channel.syncOptions?.setOption(.autoRead, value: true)
        context.eventLoop.assumeIsolated().scheduleTask(in: port.limits.lingerTime) {
            context.close(promise: nil)
        }
    }

    func timerFired(_ context: ChannelHandlerContext) {
        switch phase {
        case .lingering, .handedOver: return
        case .fresh, .http, .lastRequest, .upgrading: break
        }
        switch clock.timerFired(now: context.eventLoop.now, limit: port.limits.requestTime) {
        case .nothing: break
        case .again(let time): setTimer(context, time)
        case .tooSlow: refuseOrClose(context, .tooSlow)
        }
    }

    /// An answer is possible only where none is due from Hummingbird.
    private func refuseOrClose(_ context: ChannelHandlerContext, _ refusal: UpgradeRefusal) {
        if unanswered == 0, context.channel.isActive { refuse(context, refusal) } else { context.close(promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.close(promise: nil) }
        switch phase {
        case .lingering, .handedOver: break
        case .fresh, .http, .lastRequest, .upgrading:
            refuseOrClose(context, error == .headerOverflow ? .headTooLarge : .malformed)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        let isEnd = event is ChannelShouldQuiesceEvent || event as? ChannelEvent == .inputClosed
        switch phase {
        case .http, .lastRequest:
            if event is ChannelShouldQuiesceEvent { limitLastRequests(context) }
            context.fireUserInboundEventTriggered(event)
        // Hummingbird's bootstrap lets a peer close its half only: a connection without a request
        // would stay for ever.
        case .fresh, .upgrading, .lingering: if isEnd { context.close(promise: nil) }
        case .handedOver: break
        }
    }

    /// Hummingbird waits for what is not answered, however long a peer takes to send or to read it.
    private func limitLastRequests(_ context: ChannelHandlerContext) {
        context.eventLoop.assumeIsolated().scheduleTask(in: port.limits.quiesceTime) {
            context.close(promise: nil)
        }
    }
}

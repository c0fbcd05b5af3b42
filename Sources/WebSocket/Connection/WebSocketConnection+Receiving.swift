public import NIOCore

extension WebSocketConnection {
    public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        wasHeard = true
        guard phase != .over else { return }
        unwrapInboundIn(data).withUnsafeReadableBytes { bytes in
            var input = bytes
            while phase != .over, let event = parser.next(&input, scratch: loop.scratch) {
                handle(event)
            }
        }
        noteUnfinishedMessage()
    }

    private func handle(_ event: FrameEvent) {
        switch event {
        case .text(let payload):
            messageSince = nil
            if isOpen { delegate?.received(text: payload) }
        case .binary(let payload):
            messageSince = nil
            if isOpen { delegate?.received(binary: payload) }
        case .ping(let payload):
            if takeControlFrame() { answer(ping: payload) }
        case .pong:
            if takeControlFrame() { delegate?.receivedPong() }
        case .close(let code): peerClosed(code)
        case .violation(let violation): fail(violation.code, violation.reason)
        }
    }

    /// Whether a ping or pong may be acted upon.
    private func takeControlFrame() -> Bool {
        guard isOpen else { return false }
        if budget.take(now: loop.now, limit: loop.limits.controlFramesPerSecond) { return true }
        fail(.policyViolation, "too many control frames")
        return false
    }

    private func noteUnfinishedMessage() {
        guard parser.isMidMessage else {
            messageSince = nil
            return
        }
        guard isOpen, messageSince == nil else { return }
        messageSince = loop.now
        loop.watch(self)
    }

    public func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            streamEnded()
            closeSocket()
        case is ChannelShouldQuiesceEvent:
            close(code: .goingAway)
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    public func channelInactive(context: ChannelHandlerContext) {
        socket = nil
        streamEnded()
        context.fireChannelInactive()
    }

    public func errorCaught(context: ChannelHandlerContext, error: any Error) {
        closeSocket()
    }
}

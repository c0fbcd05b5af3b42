import NIOCore

extension WebSocketConnection {
    /// Sends the frame buffer's payload as a text message; it has to be UTF-8.
    ///
    /// One `send(2)` if nothing is outstanding. What the kernel does not take at once makes the
    /// connection blocked; frames sent until it is writable again wait behind, and more than
    /// `queuedBytes` of them end the connection with 1013. Ignored when the connection is not open.
    /// As a server the buffer's payload stays as it is and can be sent to others too; as a client
    /// it is masked in place.
    public func send(text frame: FrameBuffer) {
        send(.text, frame)
    }

    /// The same for a binary message.
    public func send(binary frame: FrameBuffer) {
        send(.binary, frame)
    }

    /// Sends a ping, unless something is outstanding anyway: then the peer's silence shows there.
    public func ping() {
        guard isOpen, !isBlocked else { return }
        wasHeard = false
        loop.controlFrame.reset()
        send(.ping, loop.controlFrame)
    }

    /// A pong with the ping's payload; while the connection is blocked only the newest is kept.
    func answer(ping payload: UnsafeRawBufferPointer) {
        guard !isBlocked else {
            outbox.pong = Array(payload)
            return
        }
        loop.controlFrame.reset()
        loop.controlFrame.append(bytes: payload)
        send(.pong, loop.controlFrame)
    }

    /// The close frame, behind whatever is outstanding.
    func sendClose(_ code: CloseCode, _ reason: StaticString) {
        let frame = loop.controlFrame
        frame.reset()
        if code != .noStatus {
            frame.append(byte: UInt8(code.rawValue >> 8))
            frame.append(byte: UInt8(truncatingIfNeeded: code.rawValue))
            frame.append(reason)
        }
        send(.close, frame)
    }

    private func send(_ opcode: Opcode, _ frame: FrameBuffer) {
        guard isOpen else { return }
        let wasInCall = isInCall
        isInCall = true
        defer { isInCall = wasInCall }
        let mask = loop.role == .client ? UInt32.random(in: .min ... .max) : nil
        write(frame.frame(opcode, mask: mask), opcode)
    }

    private func write(_ frame: UnsafeRawBufferPointer, _ opcode: Opcode) {
        guard outbox.isEmpty, let socket else { return enqueue(frame, opcode) }
        switch socket.send(frame) {
        case .sent(frame.count): break
        case .sent(let count): enqueue(UnsafeRawBufferPointer(rebasing: frame[count...]), opcode)
        case .failed:
            streamEnded()
            closeSocket()
        }
    }

    private func enqueue(_ bytes: UnsafeRawBufferPointer, _ opcode: Opcode) {
        guard let context else { return }
        let isTooMuch = !outbox.isEmpty && outbox.bytes + bytes.count > loop.limits.queuedBytes
        guard !isTooMuch || opcode == .close else {
            return fail(.overloaded, "the peer does not read")
        }
        var buffer = context.channel.allocator.buffer(capacity: bytes.count)
        buffer.writeBytes(bytes)
        outbox.began(bytes: bytes.count)
        context.writeAndFlush(wrapOutboundOut(buffer)).assumeIsolated().whenComplete { result in
            self.wrote(bytes.count, result)
        }
        guard !outbox.isEmpty else { return }
        outbox.block(now: loop.now)
        loop.watch(self)
    }

    private func wrote(_ count: Int, _ result: Result<Void, any Error>) {
        let isWritable = outbox.ended(bytes: count, now: loop.now)
        guard case .success = result else {
            // The channel is closing, and its descriptor may be somebody else's by now.
            socket = nil
            return
        }
        guard isWritable, isOpen else { return }
        if let pong = outbox.pong {
            outbox.pong = nil
            pong.withUnsafeBytes { answer(ping: $0) }
        }
        if isOpen, !isBlocked { delegate?.becameWritable() }
    }
}

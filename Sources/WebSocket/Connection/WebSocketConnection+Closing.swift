import NIOCore

extension WebSocketConnection {
    /// The greatest reason that fits a close frame behind its code, in bytes.
    static let maximumReason = FrameHeader.maximumControlPayload - 2

    /// Starts the closing handshake: sends a close frame, waits for the peer's for at most
    /// `closeTime`, then closes the socket. Nothing more is received; `closed` follows later.
    /// Ignored when the connection is not open.
    /// - Parameter reason: For people; at most 123 bytes.
    public func close(code: CloseCode, reason: StaticString = "") {
        precondition(code.isAllowedOnWire, "this code cannot be sent")
        precondition(reason.utf8CodeUnitCount <= Self.maximumReason, "the reason does not fit the frame")
        guard isOpen else { return }
        sendClose(code, reason)
        // Sending may have found the connection broken.
        guard isOpen else { return }
        phase = .closing(code)
        startClosing()
    }

    /// The peer's close frame has come: answer it, unless it is the answer.
    func peerClosed(_ code: CloseCode) {
        switch phase {
        case .open:
            sendClose(code, "")
            conclude(code, wasClean: true)
        case .closing(let own):
            conclude(own, wasClean: true)
        case .new, .over:
            return
        }
        // The server ends the stream first (RFC 6455, section 7.1.1).
        if loop.role == .server, outbox.isEmpty { closeSocket() } else { endOutput() }
    }

    /// Fails the connection: says why, and lets no more in.
    func fail(_ code: CloseCode, _ reason: StaticString) {
        switch phase {
        case .open:
            sendClose(code, reason)
            conclude(code, wasClean: false)
        case .closing(let own):
            conclude(own, wasClean: false)
        case .new, .over:
            return
        }
        endOutput()
    }

    /// The stream is at its end, orderly or not.
    func streamEnded() {
        switch phase {
        case .open: conclude(.abnormal, wasClean: false)
        case .closing(let own): conclude(own, wasClean: false)
        case .new, .over: break
        }
    }

    /// Called when the time to answer a ping is over.
    func judge() {
        guard isOpen, !isBlocked, !wasHeard else { return }
        fail(.noPong, "no pong")
    }

    /// Acts on what took too long. `false` if there is nothing left to wait for.
    func checkDeadlines(now: Int64) -> Bool {
        switch phase {
        case .new: return false
        case .open: return checkOpen(now)
        case .closing, .over:
            guard now - closingSince >= loop.limits.closeTime.milliseconds else { return context != nil }
            streamEnded()
            closeSocket()
            return false
        }
    }

    private func checkOpen(_ now: Int64) -> Bool {
        if isBlocked, now - outbox.blockedSince >= loop.limits.stallTime.milliseconds {
            fail(.overloaded, "the peer does not read")
        } else if let messageSince, now - messageSince >= loop.limits.messageTime.milliseconds {
            fail(.policyViolation, "the message took too long")
        }
        return !isOpen || isBlocked || messageSince != nil
    }

    private func conclude(_ code: CloseCode, wasClean: Bool) {
        guard phase != .over else { return }
        phase = .over
        outbox.pong = nil
        loop.remove(slot)
        guard let delegate else { return }
        self.delegate = nil
        guard isInCall else { return delegate.closed(code: code, wasClean: wasClean) }
        loop.eventLoop.assumeIsolated().execute { delegate.closed(code: code, wasClean: wasClean) }
    }

    private func startClosing() {
        closingSince = loop.now
        loop.watch(self)
    }

    /// Ends our half of the stream and waits, for a while, for the peer to end its own: closing
    /// with bytes unread would reset the connection, and the peer might never see the close frame.
    private func endOutput() {
        socket = nil
        startClosing()
        context?.close(mode: .output, promise: nil)
    }

    func closeSocket() {
        socket = nil
        context?.close(promise: nil)
    }
}

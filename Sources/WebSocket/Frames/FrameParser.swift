/// Reads frames: bytes in, events out. Knows no channel and no clock.
///
/// A frame that lies whole in the bytes at hand is decoded into the scratch memory (or, without
/// a mask, left where it is) and nothing is kept of it. Only a frame or message that is still
/// incomplete is stored here, growing with what has arrived and not with what was announced.
///
/// The events do not depend on how the bytes are cut into pieces.
struct FrameParser {
    private let role: WebSocketRole
    private let maximumMessage: Int
    private let maximumFragments: Int

    /// The bytes of a header that is not complete.
    private(set) var headerBytes: [UInt8] = []
    /// The frame whose payload is being read, and how much of that has been.
    private var frame: FrameHeader?
    private var received = 0
    /// The payload so far of a control frame that came in pieces.
    private(set) var control: [UInt8] = []
    /// The message that is being put together.
    private(set) var message = PartialMessage()
    private var hasEnded = false

    init(role: WebSocketRole, maximumMessage: Int, maximumFragments: Int) {
        self.role = role
        self.maximumMessage = maximumMessage
        self.maximumFragments = maximumFragments
    }

    /// Whether a frame or a message has begun and is not complete.
    var isMidMessage: Bool { message.isOpen || frame != nil || !headerBytes.isEmpty }

    /// Takes bytes off the front of `input` up to the next event; `nil` once all are taken.
    /// After a close frame or a violation everything is taken and nothing is told.
    mutating func next(_ input: inout UnsafeRawBufferPointer, scratch: ScratchBuffer) -> FrameEvent? {
        while !hasEnded {
            if frame == nil {
                switch readHeader(&input) {
                case .incomplete: return nil
                case .violation(let violation): return fail(violation)
                case .header(let header):
                    if let violation = begin(header) { return fail(violation) }
                    if let event = wholeFrame(header, &input, scratch) { return event }
                }
            }
            if let event = readPayload(&input, scratch) { return event }
            if frame != nil { return nil }
        }
        input = UnsafeRawBufferPointer(rebasing: input[input.count...])
        return nil
    }

    private mutating func fail(_ violation: Violation) -> FrameEvent {
        end()
        return .violation(violation)
    }

    private mutating func end() {
        hasEnded = true
        (headerBytes, control, frame) = ([], [], nil)
        message = PartialMessage()
    }
}

// MARK: - Headers

extension FrameParser {
    private mutating func readHeader(_ input: inout UnsafeRawBufferPointer) -> FrameHeader.Decoded {
        guard headerBytes.isEmpty else { return resumeHeader(&input) }
        let decoded = FrameHeader.decode(input, role: role)
        switch decoded {
        case .incomplete:
            headerBytes.append(contentsOf: input)
            input.dropFirstBytes(input.count)
        case .header(let header): input.dropFirstBytes(header.size)
        case .violation: break
        }
        return decoded
    }

    /// A header that came in pieces is completed byte by byte.
    private mutating func resumeHeader(_ input: inout UnsafeRawBufferPointer) -> FrameHeader.Decoded {
        while let byte = input.first {
            headerBytes.append(byte)
            input.dropFirstBytes(1)
            let decoded = headerBytes.withUnsafeBytes { FrameHeader.decode($0, role: role) }
            if decoded != .incomplete {
                headerBytes = []
                return decoded
            }
        }
        return .incomplete
    }

    /// Checks what depends on the frames before, and enters the frame.
    private mutating func begin(_ header: FrameHeader) -> Violation? {
        if !header.opcode.isControl {
            if header.opcode == .continuation {
                guard message.isOpen else { return .unexpectedContinuation }
            } else {
                guard !message.isOpen else { return .interruptedMessage }
                message.open(isText: header.opcode == .text)
            }
            message.fragments += 1
            guard message.fragments <= maximumFragments else { return .tooManyFragments }
            guard header.length <= maximumMessage - message.bytes.count else { return .messageTooLong }
        }
        frame = header
        received = 0
        return nil
    }
}

// MARK: - Payloads

extension FrameParser {
    /// The hot path: an unfragmented frame, all of it at hand.
    private mutating func wholeFrame(
        _ header: FrameHeader, _ input: inout UnsafeRawBufferPointer, _ scratch: ScratchBuffer
    ) -> FrameEvent? {
        guard input.count >= header.length else { return nil }
        guard header.isFinal, header.opcode != .continuation else { return nil }
        frame = nil
        let masked = UnsafeRawBufferPointer(rebasing: input.prefix(header.length))
        input.dropFirstBytes(header.length)
        guard role == .server else {
            return finish(header.opcode, masked, isASCII: false)
        }
        let target = scratch.reserve(header.length)
        let isASCII = Mask.apply(header.mask, phase: 0, from: masked, to: target)
        let payload = UnsafeRawBufferPointer(start: target, count: header.length)
        return finish(header.opcode, payload, isASCII: isASCII)
    }

    private mutating func finish(
        _ opcode: Opcode, _ payload: UnsafeRawBufferPointer, isASCII: Bool
    ) -> FrameEvent {
        guard !opcode.isControl else { return finishControl(opcode, payload) }
        message = PartialMessage()
        guard opcode == .text else { return .binary(payload) }
        if !isASCII {
            var validator = UTF8Validator()
            guard validator.consume(payload), validator.isAtBoundary else { return fail(.invalidText) }
        }
        return .text(payload)
    }

    /// Takes what is there of the current frame's payload; an event once that completes it.
    private mutating func readPayload(
        _ input: inout UnsafeRawBufferPointer, _ scratch: ScratchBuffer
    ) -> FrameEvent? {
        guard let header = frame else { return nil }
        let count = min(input.count, header.length - received)
        let piece = UnsafeRawBufferPointer(rebasing: input.prefix(count))
        input.dropFirstBytes(count)
        if header.opcode.isControl {
            control.append(piece, unmaskedWith: header.mask, phase: received)
        } else {
            guard message.append(piece, mask: header.mask, phase: received) else {
                return fail(.invalidText)
            }
        }
        received += count
        guard received == header.length else { return nil }
        frame = nil
        return header.opcode.isControl ? endControl(header, scratch) : endFragment(header, scratch)
    }

    private mutating func endControl(_ header: FrameHeader, _ scratch: ScratchBuffer) -> FrameEvent {
        let payload = scratch.copy(control)
        control = []
        return finishControl(header.opcode, payload)
    }

    private mutating func endFragment(_ header: FrameHeader, _ scratch: ScratchBuffer) -> FrameEvent? {
        guard header.isFinal else { return nil }
        let isText = message.isText
        guard message.mayEnd else { return fail(.invalidText) }
        let payload = scratch.copy(message.bytes)
        message = PartialMessage()
        return isText ? .text(payload) : .binary(payload)
    }

    private mutating func finishControl(
        _ opcode: Opcode, _ payload: UnsafeRawBufferPointer
    ) -> FrameEvent {
        switch opcode {
        case .ping: return .ping(payload)
        case .pong: return .pong(payload)
        default: return finishClose(payload)
        }
    }

    private mutating func finishClose(_ payload: UnsafeRawBufferPointer) -> FrameEvent {
        guard payload.count >= 2 else {
            end()
            return .close(.noStatus)
        }
        let raw = UInt16(bigEndian: payload.loadUnaligned(as: UInt16.self))
        let code = CloseCode(rawValue: raw)
        guard code.isAllowedOnWire else { return fail(.closeCode) }
        var validator = UTF8Validator()
        let reason = UnsafeRawBufferPointer(rebasing: payload.dropFirst(2))
        guard validator.consume(reason), validator.isAtBoundary else { return fail(.invalidText) }
        end()
        return .close(code)
    }
}

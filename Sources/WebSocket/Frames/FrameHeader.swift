/// The first 2 to 14 bytes of a frame (RFC 6455, section 5.2).
struct FrameHeader: Equatable {
    /// The greatest payload of a control frame, in bytes.
    static let maximumControlPayload = 125
    /// The greatest size of a header, in bytes: flags, a 64-bit length, a mask.
    static let maximumSize = 14

    var isFinal: Bool
    var opcode: Opcode
    /// Payload bytes.
    var length: Int
    /// The four bytes of the mask in memory order; zero, which changes nothing, without one.
    var mask: UInt32
    /// Bytes of the header itself.
    var size: Int
}

extension FrameHeader {
    enum Decoded: Equatable {
        case incomplete
        case violation(Violation)
        case header(FrameHeader)
    }

    /// Reads the header at the start of `bytes`. Rules are checked in the order of the bytes
    /// that break them, so the outcome does not depend on how many have arrived.
    static func decode(_ bytes: UnsafeRawBufferPointer, role: WebSocketRole) -> Decoded {
        guard bytes.count >= 2 else { return .incomplete }
        let (first, second) = (bytes[0], bytes[1])
        guard first & 0x70 == 0 else { return .violation(.reservedBits) }
        guard let opcode = Opcode(rawValue: first & 0x0F) else { return .violation(.reservedOpcode) }
        let isFinal = first & 0x80 != 0
        let isMasked = second & 0x80 != 0
        if let violation = check(opcode, isFinal, isMasked, UInt64(second & 0x7F), role) {
            return .violation(violation)
        }
        var header = FrameHeader(
            isFinal: isFinal, opcode: opcode, length: Int(second & 0x7F), mask: 0, size: 2)
        if let stop = header.decodeLongLength(bytes) { return stop }
        guard isMasked else { return .header(header) }
        guard bytes.count >= header.size + 4 else { return .incomplete }
        header.mask = bytes.loadUnaligned(fromByteOffset: header.size, as: UInt32.self)
        header.size += 4
        return .header(header)
    }

    private static func check(
        _ opcode: Opcode, _ isFinal: Bool, _ isMasked: Bool, _ shortLength: UInt64,
        _ role: WebSocketRole
    ) -> Violation? {
        if opcode.isControl && !isFinal { return .fragmentedControl }
        if isMasked != (role == .server) { return role == .server ? .unmasked : .masked }
        if opcode.isControl && shortLength > maximumControlPayload { return .longControl }
        if opcode == .close && shortLength == 1 { return .closePayload }
        return nil
    }

    /// Replaces the markers 126 and 127 by the length that follows; `nil` means go on.
    private mutating func decodeLongLength(_ bytes: UnsafeRawBufferPointer) -> Decoded? {
        switch length {
        case 126:
            guard bytes.count >= 4 else { return .incomplete }
            let value = UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
            guard value > 125 else { return .violation(.lengthNotMinimal) }
            (length, size) = (Int(value), 4)
        case 127:
            guard bytes.count >= 10 else { return .incomplete }
            let value = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt64.self))
            guard value > UInt16.max else { return .violation(.lengthNotMinimal) }
            guard let value = Int(exactly: value) else { return .violation(.lengthTopBit) }
            (length, size) = (value, 10)
        default: break
        }
        return nil
    }
}

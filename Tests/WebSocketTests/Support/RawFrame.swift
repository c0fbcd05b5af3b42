/// A frame as bytes, right or wrong in any detail; made without the code under test.
struct RawFrame {
    enum LengthForm { case shortest, sixteenBits, sixtyFourBits }

    var isFinal = true
    var reserved: UInt8 = 0
    var opcode: UInt8
    var payload: [UInt8] = []
    /// `nil`: not masked.
    var mask: [UInt8]? = [0x37, 0xFA, 0x21, 0x3D]
    var lengthForm = LengthForm.shortest
    /// What the header says instead of the payload's true length.
    var announced: UInt64?

    var bytes: [UInt8] {
        let length = announced ?? UInt64(payload.count)
        var bytes = [(isFinal ? 0x80 : 0) | reserved << 4 | opcode]
        let maskBit: UInt8 = mask == nil ? 0 : 0x80
        switch lengthForm {
        case .shortest where length <= 125: bytes.append(maskBit | UInt8(length))
        case .shortest where length <= 0xFFFF, .sixteenBits:
            bytes.append(maskBit | 126)
            bytes += Self.bigEndian(length, count: 2)
        case .shortest, .sixtyFourBits:
            bytes.append(maskBit | 127)
            bytes += Self.bigEndian(length, count: 8)
        }
        guard let mask else { return bytes + payload }
        return bytes + mask + payload.enumerated().map { $1 ^ mask[$0 % 4] }
    }

    private static func bigEndian(_ value: UInt64, count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }
}

extension RawFrame {
    static func text(_ text: String) -> RawFrame { RawFrame(opcode: 1, payload: Array(text.utf8)) }
    static func binary(_ bytes: [UInt8]) -> RawFrame { RawFrame(opcode: 2, payload: bytes) }
    static func ping(_ text: String = "") -> RawFrame { RawFrame(opcode: 9, payload: Array(text.utf8)) }
    static func pong(_ text: String = "") -> RawFrame { RawFrame(opcode: 10, payload: Array(text.utf8)) }

    static func close(_ code: UInt16, _ reason: String = "") -> RawFrame {
        RawFrame(opcode: 8, payload: [UInt8(code >> 8), UInt8(code & 0xFF)] + Array(reason.utf8))
    }

    static func continuation(_ text: String, isFinal: Bool) -> RawFrame {
        RawFrame(isFinal: isFinal, opcode: 0, payload: Array(text.utf8))
    }

    var unmasked: RawFrame {
        var frame = self
        frame.mask = nil
        return frame
    }

    var unfinished: RawFrame {
        var frame = self
        frame.isFinal = false
        return frame
    }
}

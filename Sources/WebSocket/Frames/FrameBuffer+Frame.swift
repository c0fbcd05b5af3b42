extension FrameBuffer {
    /// Puts the header in front of the payload and, with a mask, masks the payload in place.
    /// - Returns: The frame, ready to be sent; valid until the buffer is changed.
    func frame(_ opcode: Opcode, mask: UInt32?) -> UnsafeRawBufferPointer {
        let size = Self.headerSize(payload: used, isMasked: mask != nil)
        let start = base + Self.headRoom - size
        start.storeBytes(of: 0x80 | opcode.rawValue, as: UInt8.self)
        writeLength(at: start + 1, maskBit: mask == nil ? 0 : 0x80)
        if let mask {
            start.storeBytes(of: mask, toByteOffset: size - 4, as: UInt32.self)
            Mask.apply(mask, phase: 0, from: payload, to: base + Self.headRoom)
        }
        return UnsafeRawBufferPointer(start: start, count: size + used)
    }

    private static func headerSize(payload: Int, isMasked: Bool) -> Int {
        let length = payload <= 125 ? 2 : payload <= Int(UInt16.max) ? 4 : 10
        return length + (isMasked ? 4 : 0)
    }

    /// The length in its shortest form (RFC 6455, section 5.2).
    private func writeLength(at target: UnsafeMutableRawPointer, maskBit: UInt8) {
        switch used {
        case ...125:
            target.storeBytes(of: maskBit | UInt8(used), as: UInt8.self)
        case ...Int(UInt16.max):
            target.storeBytes(of: maskBit | 126, as: UInt8.self)
            target.storeBytes(of: UInt16(used).bigEndian, toByteOffset: 1, as: UInt16.self)
        default:
            target.storeBytes(of: maskBit | 127, as: UInt8.self)
            target.storeBytes(of: UInt64(used).bigEndian, toByteOffset: 1, as: UInt64.self)
        }
    }
}

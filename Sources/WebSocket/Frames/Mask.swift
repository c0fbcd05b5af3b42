/// The exclusive or that hides a client's payload from intermediaries (RFC 6455, section 5.3).
enum Mask {
    /// Writes `source`, with `key` applied, to `target`, eight bytes at a time; the two may be
    /// the same memory. `phase` is the number of payload bytes that came before.
    ///
    /// `key` holds the four bytes of the wire in memory order.
    /// - Returns: Whether all that was written is ASCII, which costs nothing to know here.
    @discardableResult
    static func apply(
        _ key: UInt32, phase: Int, from source: UnsafeRawBufferPointer,
        to target: UnsafeMutableRawPointer
    ) -> Bool {
        let word = widen(key, phase: phase)
        var seen: UInt64 = 0
        var index = 0
        while source.count - index >= 8 {
            let plain = source.loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ word
            target.storeBytes(of: plain, toByteOffset: index, as: UInt64.self)
            seen |= plain
            index += 8
        }
        var rest = word.littleEndian
        while index < source.count {
            let plain = source[index] ^ UInt8(truncatingIfNeeded: rest)
            target.storeBytes(of: plain, toByteOffset: index, as: UInt8.self)
            seen |= UInt64(plain)
            rest >>= 8
            index += 1
        }
        return seen & 0x8080_8080_8080_8080 == 0
    }

    /// The key twice, turned so that its first byte is the one due after `phase` bytes.
    private static func widen(_ key: UInt32, phase: Int) -> UInt64 {
        let bits = UInt32(phase & 3) * 8
        let little = key.littleEndian
        let turned = bits == 0 ? little : little >> bits | little << (32 - bits)
        return (UInt64(turned) << 32 | UInt64(turned)).littleEndian
    }
}

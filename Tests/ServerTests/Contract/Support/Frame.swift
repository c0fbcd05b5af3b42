/// A WebSocket frame, well made or not.
struct Frame {
    enum Kind: UInt8 {
        case continuation = 0
        case text = 1
        case binary = 2
        case close = 8
        case ping = 9
        case pong = 10
    }

    var kind: Kind
    var payload: [UInt8]
    var isLast = true
    var isMasked = true

    static func text(_ text: String) -> Frame { Frame(kind: .text, payload: Array(text.utf8)) }

    static func close(_ code: Int) -> Frame {
        Frame(kind: .close, payload: [UInt8(code >> 8), UInt8(truncatingIfNeeded: code)])
    }

    /// As it goes over the wire.
    var bytes: [UInt8] {
        var bytes = [kind.rawValue | (isLast ? 0x80 : 0)]
        let mask: UInt8 = isMasked ? 0x80 : 0
        switch payload.count {
        case ..<126: bytes.append(mask | UInt8(payload.count))
        case ..<65_536: bytes += [mask | 126] + Self.bigEndian(UInt16(payload.count))
        default: bytes += [mask | 127] + Self.bigEndian(UInt64(payload.count))
        }
        guard isMasked else { return bytes + payload }
        let key: [UInt8] = [0x5A, 0x01, 0xF3, 0x7E]
        return bytes + key + payload.indices.map { payload[$0] ^ key[$0 % 4] }
    }

    private static func bigEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }

    /// What a server's frame at the start of `bytes` is, and how long it is; `nil` if it is not all there.
    static func parse(_ bytes: ArraySlice<UInt8>) throws -> (frame: Frame, count: Int)? {
        guard bytes.count >= 2 else { return nil }
        let start = bytes.startIndex
        let (first, second) = (bytes[start], bytes[start + 1])
        guard first & 0x70 == 0, second & 0x80 == 0, let kind = Kind(rawValue: first & 0x0F) else {
            throw Unexpected("a broken frame of the server")
        }
        var (head, length) = (2, Int(second))
        if second >= 126 {
            head += second == 126 ? 2 : 8
            guard bytes.count >= head else { return nil }
            length = bytes[(start + 2)..<(start + head)].reduce(0) { $0 << 8 | Int($1) }
        }
        guard bytes.count >= head + length else { return nil }
        let payload = Array(bytes[(start + head)..<(start + head + length)])
        return (Frame(kind: kind, payload: payload, isLast: first & 0x80 != 0, isMasked: false), head + length)
    }
}

/// Something came, or did not come, that a test counts on.
struct Unexpected: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

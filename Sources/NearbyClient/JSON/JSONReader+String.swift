extension JSONReader {
    /// The bytes between the quotation marks, with their escapes.
    mutating func rawString() throws(JSONError) -> UnsafeRawBufferPointer {
        try expect("\"")
        let start = offset
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                offset += 1
                return UnsafeRawBufferPointer(rebasing: bytes[start..<offset - 1])
            case UInt8(ascii: "\\"): offset += 2
            case 0..<0x20: throw failure(.syntax)
            default: offset += 1
            }
        }
        offset = bytes.count
        throw failure(.syntax)
    }

    mutating func string() throws(JSONError) -> String {
        let raw = try rawString()
        guard raw.contains(UInt8(ascii: "\\")) else { return String(decoding: raw, as: UTF8.self) }
        return try unescape(raw)
    }

    /// A text, or nothing for `null`.
    mutating func optionalString() throws(JSONError) -> String? { takeNull() ? nil : try string() }

    private func unescape(_ raw: UnsafeRawBufferPointer) throws(JSONError) -> String {
        var units: [UInt8] = []
        units.reserveCapacity(raw.count)
        var index = 0
        while index < raw.count {
            guard raw[index] == UInt8(ascii: "\\") else {
                units.append(raw[index])
                index += 1
                continue
            }
            guard let scalar = Self.scalar(raw, at: &index) else { throw failure(.syntax) }
            units.append(contentsOf: String(scalar).utf8)
        }
        return String(decoding: units, as: UTF8.self)
    }

    /// The character that the escape at `index` stands for.
    private static func scalar(_ raw: UnsafeRawBufferPointer, at index: inout Int) -> Unicode.Scalar? {
        guard index + 1 < raw.count else { return nil }
        let letter = raw[index + 1]
        index += 2
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return unicode(raw, at: &index)
        default: return nil
        }
    }

    /// Four hexadecimal digits, or twice four for a surrogate pair.
    private static func unicode(_ raw: UnsafeRawBufferPointer, at index: inout Int) -> Unicode.Scalar? {
        guard let first = hex(raw, at: index) else { return nil }
        index += 4
        guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) }
        guard index + 1 < raw.count, raw[index] == UInt8(ascii: "\\"), raw[index + 1] == UInt8(ascii: "u"),
            let second = hex(raw, at: index + 2), (0xDC00..<0xE000).contains(second)
        else { return nil }
        index += 6
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    }

    private static func hex(_ raw: UnsafeRawBufferPointer, at index: Int) -> UInt32? {
        guard index + 4 <= raw.count else { return nil }
        var value: UInt32 = 0
        for byte in raw[index..<index + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}

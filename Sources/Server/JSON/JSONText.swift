#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The text of a JSON string, as it stands between its quotes.
///
/// Most strings have no escapes and are compared and copied as they are; the others are unescaped byte by
/// byte while they are read. Valid as long as the scanner's bytes are.
struct JSONText {
    /// Checked by the scanner: whole escapes and whole surrogate pairs only.
    let raw: UnsafeRawBufferPointer
    let hasEscapes: Bool

    /// The text as a Swift string.
    var string: String {
        hasEscapes ? String(decoding: Array(unescaped), as: UTF8.self) : String(decoding: raw, as: UTF8.self)
    }

    func equals(_ name: StaticString) -> Bool {
        let count = name.utf8CodeUnitCount
        if hasEscapes {
            return unescaped.elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: count))
        }
        return raw.count == count && memcmp(raw.baseAddress!, name.utf8Start, count) == 0
    }

    /// The bytes of the text with its escapes resolved.
    var unescaped: UnescapedBytes { UnescapedBytes(raw: raw) }

    /// FNV-1a with 64 bits over the text, so that two ways to write one key have one hash.
    var hash: UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in unescaped {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        return hash
    }

    static func hexDigit(_ byte: UInt8) -> UInt16? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}

extension JSONText {
    /// UTF-8 of the text, one byte after the other.
    struct UnescapedBytes: Sequence, IteratorProtocol {
        private let raw: UnsafeRawBufferPointer
        private var position = 0
        /// What is left of the scalar of the last `\u`, lowest byte next.
        private var pending: UInt32 = 0

        init(raw: UnsafeRawBufferPointer) {
            self.raw = raw
        }

        mutating func next() -> UInt8? {
            if pending != 0 {
                defer { pending >>= 8 }
                return UInt8(truncatingIfNeeded: pending)
            }
            guard position < raw.count else { return nil }
            let byte = raw[position]
            position += 1
            return byte == UInt8(ascii: "\\") ? escape() : byte
        }

        private mutating func escape() -> UInt8 {
            let kind = raw[position]
            position += 1
            switch kind {
            case UInt8(ascii: "b"): return 0x08
            case UInt8(ascii: "f"): return 0x0C
            case UInt8(ascii: "n"): return 0x0A
            case UInt8(ascii: "r"): return 0x0D
            case UInt8(ascii: "t"): return 0x09
            case UInt8(ascii: "u"): return firstByteOfScalar()
            default: return kind
            }
        }

        private mutating func firstByteOfScalar() -> UInt8 {
            let unit = codeUnit()
            var value = UInt32(unit)
            if UTF16.isLeadSurrogate(unit) {
                position += 2
                value = 0x10000 + (UInt32(unit - 0xD800) << 10) + UInt32(codeUnit() - 0xDC00)
            }
            // The scanner let no half pair through, so this is a scalar.
            let encoded = UTF8.encode(Unicode.Scalar(value)!)!
            var bytes = encoded.makeIterator()
            let first = bytes.next()!
            var shift: UInt32 = 0
            while let byte = bytes.next() {
                pending |= UInt32(byte) << shift
                shift += 8
            }
            return first
        }

        private mutating func codeUnit() -> UInt16 {
            defer { position += 4 }
            return (0..<4).reduce(0) { unit, offset in
                unit << 4 | (JSONText.hexDigit(raw[position + offset]) ?? 0)
            }
        }
    }
}

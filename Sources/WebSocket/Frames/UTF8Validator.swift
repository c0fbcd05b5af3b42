/// Checks a text that arrives in pieces, to the byte: it fails at the first byte that no valid
/// UTF-8 text can continue with (Unicode 15, table 3-7: no overlong forms, no surrogates,
/// nothing above U+10FFFF).
struct UTF8Validator {
    /// Continuation bytes that the current character still needs.
    private var missing: UInt8 = 0
    /// The range of the next continuation byte: narrower than 80…BF after E0, ED, F0 and F4.
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF

    /// Whether the text may end here.
    var isAtBoundary: Bool { missing == 0 }

    /// `false` as soon as the text cannot be valid any more.
    mutating func consume(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index < bytes.count {
            if missing == 0 {
                index += Self.leadingASCII(bytes, from: index)
                guard index < bytes.count else { return true }
            }
            guard accept(bytes[index]) else { return false }
            index += 1
        }
        return true
    }

    private mutating func accept(_ byte: UInt8) -> Bool {
        guard missing > 0 else { return begin(byte) }
        guard byte >= lowest, byte <= highest else { return false }
        (lowest, highest) = (0x80, 0xBF)
        missing -= 1
        return true
    }

    private mutating func begin(_ lead: UInt8) -> Bool {
        switch lead {
        case 0x00...0x7F: return true
        case 0xC2...0xDF: missing = 1
        case 0xE0: (missing, lowest) = (2, 0xA0)
        case 0xED: (missing, highest) = (2, 0x9F)
        case 0xE1...0xEF: missing = 2
        case 0xF0: (missing, lowest) = (3, 0x90)
        case 0xF4: (missing, highest) = (3, 0x8F)
        case 0xF1...0xF3: missing = 3
        default: return false
        }
        return true
    }

    /// The number of ASCII bytes from `start` on, eight at a time and so rounded down.
    private static func leadingASCII(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while bytes.count - index >= 8 {
            let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            guard word & 0x8080_8080_8080_8080 == 0 else { break }
            index += 8
        }
        return index - start
    }
}

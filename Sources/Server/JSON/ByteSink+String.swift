extension ByteSink {
    /// Appends a string in quotes; quotes, backslashes and control characters are escaped, all else stays
    /// UTF-8.
    mutating func append(string: String) {
        append(UInt8(ascii: "\""))
        var string = string
        string.withUTF8 { utf8 in
            appendEscaped(UnsafeRawBufferPointer(utf8))
        }
        append(UInt8(ascii: "\""))
    }

    /// Runs of bytes that need no escape go over in one piece.
    private mutating func appendEscaped(_ bytes: UnsafeRawBufferPointer) {
        var start = 0
        for (index, byte) in bytes.enumerated() where Self.needsEscape(byte) {
            append(UnsafeRawBufferPointer(rebasing: bytes[start..<index]))
            appendEscape(of: byte)
            start = index + 1
        }
        append(UnsafeRawBufferPointer(rebasing: bytes[start...]))
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func appendEscape(of byte: UInt8) {
        append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0D: append(UInt8(ascii: "r"))
        case 0x09: append(UInt8(ascii: "t"))
        default:
            append(json: "u00")
            append(Self.hexDigit(byte >> 4))
            append(Self.hexDigit(byte & 0x0F))
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}

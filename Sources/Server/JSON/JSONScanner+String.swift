extension JSONScanner {
    /// Reads a string. The position stands at its opening quote.
    mutating func string() throws(JSONError) -> JSONValue {
        advance()
        let start = position
        var hasEscapes = false
        while true {
            skipPlainCharacters()
            switch current {
            case UInt8(ascii: "\""):
                let length = position - start
                advance()
                return JSONValue(kind: .string, flag: hasEscapes, start: start, count: length)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try escape()
            default:
                // Control characters must be escaped, and the end of the bytes reads as 0.
                throw .syntax
            }
        }
    }

    private mutating func skipPlainCharacters() {
        var index = position
        while index < count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            index += 1
        }
        move(to: index)
    }

    /// The text of a string or key that this scanner read.
    func text(_ string: JSONValue) -> JSONText {
        JSONText(raw: range(string), hasEscapes: string.flag)
    }

    /// The bytes of a value that this scanner read; of a string, what stands between its quotes.
    func range(_ value: JSONValue) -> UnsafeRawBufferPointer {
        let start = Int(value.start)
        return UnsafeRawBufferPointer(rebasing: bytes[start..<start + Int(value.count)])
    }

    private mutating func escape() throws(JSONError) {
        advance()
        switch current {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            advance()
        case UInt8(ascii: "u"):
            try unicodeEscape()
        default:
            throw .syntax
        }
    }

    private mutating func unicodeEscape() throws(JSONError) {
        let unit = try codeUnit()
        if UTF16.isTrailSurrogate(unit) { throw .loneSurrogate }
        guard UTF16.isLeadSurrogate(unit) else { return }
        guard take(UInt8(ascii: "\\")), current == UInt8(ascii: "u") else { throw .loneSurrogate }
        guard UTF16.isTrailSurrogate(try codeUnit()) else { throw .loneSurrogate }
    }

    /// Reads `uXXXX`.
    private mutating func codeUnit() throws(JSONError) -> UInt16 {
        advance()
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = JSONText.hexDigit(current) else { throw .syntax }
            unit = unit << 4 | digit
            advance()
        }
        return unit
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension JSONScanner {
    /// Reads a number: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
    mutating func number() throws(JSONError) -> JSONNumber {
        var digits = Digits()
        let isNegative = take(UInt8(ascii: "-"))
        let first = position
        let count = try takeDigits { digit in digits.append(digit) }
        guard count == 1 || bytes[first] != UInt8(ascii: "0") else { throw .syntax }
        if take(UInt8(ascii: ".")) {
            try takeDigits { digit in digits.append(decimal: digit) }
        }
        let exponent = try exponentPart()
        return JSONNumber(
            significand: digits.significand, exponent: exponent + digits.exponent,
            isNegative: isNegative, isTruncated: digits.isTruncated)
    }

    /// The nearest Double of a number that this scanner read, ties to even; infinite if it is too great.
    /// More digits or a greater exponent than any coordinate has cost a call of `strtod`.
    func double(_ value: JSONValue) -> Double {
        value.number.quickDouble ?? slowDouble(value)
    }

    private func slowDouble(_ value: JSONValue) -> Double {
        let count = Int(value.count)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: count + 1) { text in
            // strtod wants a zero after the digits. The locale is never set, so the point is a point.
            for offset in 0..<count {
                text[offset] = CChar(bitPattern: bytes[Int(value.start) + offset])
            }
            text[count] = 0
            return strtod(text.baseAddress!, nil)
        }
    }

    private mutating func exponentPart() throws(JSONError) -> Int32 {
        guard take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) else { return 0 }
        let isNegative = take(UInt8(ascii: "-"))
        if !isNegative { _ = take(UInt8(ascii: "+")) }
        var exponent: Int32 = 0
        try takeDigits { digit in
            // Beyond this every number is 0 or infinite, however many digits stand before the exponent.
            exponent = min(exponent * 10 + Int32(digit), Self.greatestExponent)
        }
        return isNegative ? -exponent : exponent
    }

    /// Reads one or more digits and says how many they were.
    @discardableResult
    private mutating func takeDigits(_ body: (UInt8) -> Void) throws(JSONError) -> Int {
        let start = position
        var index = start
        while index < count {
            let digit = bytes[index] &- UInt8(ascii: "0")
            if digit > 9 { break }
            body(digit)
            index += 1
        }
        guard index > start else { throw .syntax }
        move(to: index)
        return index - start
    }

    private static let greatestExponent: Int32 = 100_000_000
}

/// The digits of a number while they are read: at most nineteen from the first that is not zero.
private struct Digits {
    var significand: UInt64 = 0
    /// What the point and the digits left out make of the power of ten.
    var exponent: Int32 = 0
    /// Whether a digit other than zero was left out.
    var isTruncated = false

    /// Takes a digit that stands before the point.
    mutating func append(_ digit: UInt8) {
        if !take(digit) { exponent += 1 }
    }

    /// Takes a digit that stands after the point.
    mutating func append(decimal digit: UInt8) {
        if take(digit) { exponent -= 1 }
    }

    private mutating func take(_ digit: UInt8) -> Bool {
        guard significand < Self.full else {
            if digit != 0 { isTruncated = true }
            return false
        }
        significand = significand &* 10 &+ UInt64(digit)
        return true
    }

    /// From here on, nineteen digits are there.
    private static let full: UInt64 = 1_000_000_000_000_000_000
}

extension JSONReader {
    /// A number as JSON has it: digits, a decimal point, an exponent.
    struct Number {
        var isNegative = false
        /// The first 19 digits, without the point.
        var digits: UInt64 = 0
        /// What the digits have to be multiplied with, as a power of ten.
        var exponent = 0
        /// Whether digits were left out.
        var isCut = false
        var text: UnsafeRawBufferPointer
    }

    mutating func double() throws(JSONError) -> Double {
        let number = try number()
        if let exact = number.exactDouble { return exact }
        let text = String(decoding: number.text, as: UTF8.self)
        guard let value = Double(text), value.isFinite else { throw failure(.shape) }
        return value
    }

    /// A number without a fraction.
    mutating func integer() throws(JSONError) -> Int64 {
        let number = try number()
        guard number.exponent == 0, !number.isCut, number.digits <= UInt64(Int64.max) else { throw failure(.shape) }
        return number.isNegative ? -Int64(number.digits) : Int64(number.digits)
    }

    mutating func number() throws(JSONError) -> Number {
        _ = peek()
        let start = offset
        var number = Number(text: UnsafeRawBufferPointer(start: nil, count: 0))
        number.isNegative = takeByte(UInt8(ascii: "-"))
        let isZero = offset < bytes.count && bytes[offset] == UInt8(ascii: "0")
        let whole = takeDigits(&number, areFraction: false)
        guard whole == 1 || (whole > 1 && !isZero) else { throw failure(.syntax) }
        if takeByte(UInt8(ascii: ".")) {
            guard takeDigits(&number, areFraction: true) > 0 else { throw failure(.syntax) }
        }
        if takeByte(UInt8(ascii: "e")) || takeByte(UInt8(ascii: "E")) { try takeExponent(&number) }
        number.text = UnsafeRawBufferPointer(rebasing: bytes[start..<offset])
        return number
    }

    private mutating func takeByte(_ byte: UInt8) -> Bool {
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    /// - Returns: How many digits there were.
    private mutating func takeDigits(_ number: inout Number, areFraction: Bool) -> Int {
        let start = offset
        while offset < bytes.count {
            let digit = bytes[offset] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            offset += 1
            number.append(digit, isFraction: areFraction)
        }
        return offset - start
    }

    private mutating func takeExponent(_ number: inout Number) throws(JSONError) {
        let isNegative = takeByte(UInt8(ascii: "-"))
        if !isNegative { _ = takeByte(UInt8(ascii: "+")) }
        var exponent = Number(text: number.text)
        guard takeDigits(&exponent, areFraction: false) > 0 else { throw failure(.syntax) }
        let value = Int(min(exponent.digits, 9_999))
        number.exponent += isNegative ? -value : value
    }
}

extension JSONReader.Number {
    private static let maximumDigits: UInt64 = 999_999_999_999_999_999

    fileprivate mutating func append(_ digit: UInt8, isFraction: Bool) {
        guard digits <= Self.maximumDigits else {
            isCut = true
            if !isFraction { exponent += 1 }
            return
        }
        digits = digits * 10 + UInt64(digit)
        if isFraction { exponent -= 1 }
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
        1e19, 1e20, 1e21, 1e22,
    ]

    /// The value where digits and power of ten are both exact in a `Double`, so that one
    /// operation rounds correctly (W. Clinger, "How to read floating point numbers accurately", 1990).
    fileprivate var exactDouble: Double? {
        guard !isCut, digits <= 1 << 53, abs(exponent) < Self.powersOfTen.count else { return nil }
        let power = Self.powersOfTen[abs(exponent)]
        let value = exponent < 0 ? Double(digits) / power : Double(digits) * power
        return isNegative ? -value : value
    }
}

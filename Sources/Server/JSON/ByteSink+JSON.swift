extension ByteSink {
    /// Appends JSON that is known when the server is compiled, as it is: punctuation and keys.
    mutating func append(json: StaticString) {
        append(UnsafeRawBufferPointer(start: json.utf8Start, count: json.utf8CodeUnitCount))
    }

    mutating func append(integer: Int64) {
        var digits = DecimalDigits()
        digits.prepend(integer.magnitude)
        if integer < 0 { digits.prepend(UInt8(ascii: "-")) }
        digits.write(to: &self)
    }

    /// Appends 1e-7 degrees as degrees, exactly and in the shortest way: `40.7128`, `-0.0000001`, `7`.
    mutating func append(degreesE7: Int32) {
        appendFixed(magnitude: UInt64(degreesE7.magnitude), isNegative: degreesE7 < 0, decimals: 7)
    }

    /// Appends centimetres as metres, exactly and in the shortest way: `12.3`, `1609.34`, `5`.
    mutating func append(centimetres: Int64) {
        appendFixed(magnitude: centimetres.magnitude, isNegative: centimetres < 0, decimals: 2)
    }

    /// Appends `magnitude / 10^decimals` without zeros at its end.
    private mutating func appendFixed(magnitude: UInt64, isNegative: Bool, decimals: Int) {
        var digits = DecimalDigits()
        var rest = magnitude
        var isFraction = false
        for _ in 0..<decimals {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            rest = quotient
            isFraction = isFraction || digit != 0
            if isFraction { digits.prepend(UInt8(ascii: "0") + UInt8(digit)) }
        }
        if isFraction { digits.prepend(UInt8(ascii: ".")) }
        digits.prepend(rest)
        if isNegative { digits.prepend(UInt8(ascii: "-")) }
        digits.write(to: &self)
    }
}

/// Reads decimal numbers from bytes, correctly rounded, a few nanoseconds each.
///
/// A whole number up to 2⁵³ and a power of ten up to 10²² are both exact, so one multiplication or division of them is
/// rounded once and right (W. D. Clinger, "How to read floating point numbers accurately", 1990). What has more digits goes
/// the long way.
enum DecimalNumber {
    private static let greatestExactDigits: UInt64 = 1 << 53

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// Reads digits, with a sign, a point and an exponent if wished: `-33.86`, `.5`, `+1e-3`. The typographic minus sign
    /// (U+2212) is a minus too.
    ///
    /// - Returns: `nil` for anything else: blanks, `inf`, `nan`, hexadecimal, a number that is too large for a `Double`.
    @inline(__always)
    static func parse(_ text: UnsafeRawBufferPointer) -> Double? {
        var scanner = DecimalScanner(text)
        guard scanner.scan() else { return nil }
        let power = scanner.exponent
        guard scanner.digits <= greatestExactDigits, !scanner.isCut, power.magnitude < powersOfTen.count else {
            return parseLong(text, isNegative: scanner.isNegative, signBytes: scanner.signBytes)
        }
        let digits = Double(scanner.digits)
        let scale = powersOfTen[Int(power.magnitude)]
        let number = power < 0 ? digits / scale : digits * scale
        return scanner.isNegative ? -number : number
    }

    static func parse(_ text: some StringProtocol) -> Double? {
        var text = String(text)
        return text.withUTF8 { parse(UnsafeRawBufferPointer($0)) }
    }

    private static func parseLong(_ text: UnsafeRawBufferPointer, isNegative: Bool, signBytes: Int) -> Double? {
        let unsigned = String(decoding: text.dropFirst(signBytes), as: UTF8.self)
        guard let number = Double(unsigned), number.isFinite else { return nil }
        return isNegative ? -number : number
    }
}

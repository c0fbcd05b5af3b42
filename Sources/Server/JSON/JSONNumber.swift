/// A JSON number taken apart into decimal digits and a power of ten, so that both an exact integer and
/// the nearest Double can be had from it.
///
/// The value is `significand × 10^exponent`, negated if `isNegative`; if `isTruncated`, digits other than
/// zero follow after the significand.
struct JSONNumber: BitwiseCopyable {
    /// Digits that always fit a UInt64.
    static let maximumDigits = 19

    static let zero = JSONNumber(significand: 0, exponent: 0, isNegative: false, isTruncated: false)

    let significand: UInt64
    let exponent: Int32
    let isNegative: Bool
    let isTruncated: Bool

    /// The value if it is a whole number that fits Int64, in whatever way it is written: `1000`, `1e3` and
    /// `1000.0` are the same number. `nil` otherwise.
    var integer: Int64? {
        // Digits after the nineteenth make the number either greater than any Int64 or not whole.
        guard !isTruncated else { return nil }
        guard significand != 0 else { return 0 }
        guard let magnitude = wholeMagnitude else { return nil }
        return isNegative ? Int64(negating: magnitude) : Int64(exactly: magnitude)
    }

    private var wholeMagnitude: UInt64? {
        guard abs(exponent) <= Self.maximumDigits, exponent != 0 else {
            return exponent == 0 ? significand : nil
        }
        let power = Self.integerPowersOfTen[Int(abs(exponent))]
        if exponent < 0 {
            let (quotient, remainder) = significand.quotientAndRemainder(dividingBy: power)
            return remainder == 0 ? quotient : nil
        }
        let (product, overflow) = significand.multipliedReportingOverflow(by: power)
        return overflow ? nil : product
    }

    /// The nearest Double (ties to even) where that takes no more than a few instructions, which is so for
    /// every number with at most 19 digits of which at most 19 stand after the point. `nil` otherwise.
    var quickDouble: Double? {
        guard !isTruncated else { return nil }
        guard let magnitude = quickMagnitude else { return nil }
        return isNegative ? -magnitude : magnitude
    }

    private var quickMagnitude: Double? {
        if significand == 0 { return 0 }
        if exponent == 0 { return Double(significand) }
        // W. D. Clinger, How to Read Floating Point Numbers Accurately, 1990: if both the digits and the
        // power of ten are exact Doubles, one operation rounds once and so gives the nearest Double.
        if significand <= Self.greatestExactSignificand, abs(exponent) < Self.exactPowersOfTen.count {
            let power = Self.exactPowersOfTen[Int(abs(exponent))]
            return exponent < 0 ? Double(significand) / power : Double(significand) * power
        }
        guard exponent < 0, exponent >= -Self.maximumDigits32 else { return nil }
        return Self.quotient(significand, Self.integerPowersOfTen[Int(-exponent)])
    }

    /// The nearest Double to `a / b`: 63 or 64 bits of the quotient, a bit that says whether a remainder is
    /// left, and one rounding. Coordinates printed with all 17 digits of a Double come this way.
    private static func quotient(_ a: UInt64, _ b: UInt64) -> Double {
        let shiftA = a.leadingZeroBitCount
        let shiftB = b.leadingZeroBitCount
        let dividend = a << UInt64(shiftA)
        let divisor = b << UInt64(shiftB)
        // The upper half is below 2^63 and the divisor is not, so the division cannot overflow.
        let (quotient, remainder) = divisor.dividingFullWidth((dividend >> 1, dividend << 63))
        let sticky: UInt64 = remainder == 0 ? 0 : 1
        // 2^(shiftB − shiftA − 63), a normal number: a and b are below 2^64, so it is above 2^-127.
        return Double(quotient | sticky)
            * Double(sign: .plus, exponent: shiftB - shiftA - 63, significand: 1)
    }

    private static let maximumDigits32 = Int32(maximumDigits)
    private static let greatestExactSignificand: UInt64 = 1 << 53

    /// 10^0 to 10^22: the powers of ten that a Double holds exactly.
    private static let exactPowersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
        1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    /// 10^0 to 10^19: the powers of ten that a UInt64 holds.
    private static let integerPowersOfTen: [UInt64] = [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
        10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000,
        1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000,
        1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ]
}

extension Int64 {
    /// The negative of `magnitude`, of which `Int64.min` has one more than `Int64.max`.
    fileprivate init?(negating magnitude: UInt64) {
        guard magnitude <= Int64.min.magnitude else { return nil }
        self = Int64(truncatingIfNeeded: 0 &- magnitude)
    }
}

/// How far "nearby" reaches: more than 0 and at most 100 000 metres.
public struct Radius: Hashable, Sendable {
    /// The largest radius, in metres.
    public static let maximumMetres = 100_000.0

    /// The radius in metres, in (0, 100 000].
    public let metres: Double

    /// - Returns: `nil` unless the value is a number in (0, 100 000].
    public init?(metres: Double) {
        guard metres > 0, metres <= Self.maximumMetres else { return nil }
        self.metres = metres
    }

    /// Reads a radius as people write it: a decimal number and a unit, `5mi`, `8km`, `2.5km` or `500m`.
    /// A mile is 1609.344 metres.
    ///
    /// - Returns: `nil` for anything else (a sign, an exponent, white space, no unit, an upper case unit) and
    ///   for a value outside (0, 100 000] metres.
    public init?(_ text: String) {
        let unit = text.drop { $0.isNumberPart }
        guard let metresPerUnit = Self.metresPerUnit[unit],
            let value = Self.decimal(text[..<unit.startIndex])
        else { return nil }
        self.init(metres: value * metresPerUnit)
    }

    private static let metresPerUnit: [Substring: Double] = ["m": 1, "km": 1000, "mi": 1609.344]

    /// Digits with at most one point, which stands between digits. `Double` alone would also take "1e3",
    /// "0x1p3", "inf" and a bare ".5".
    private static func decimal(_ digits: Substring) -> Double? {
        guard let first = digits.first, let last = digits.last, first != ".", last != "." else { return nil }
        return Double(digits)
    }
}

extension Character {
    fileprivate var isNumberPart: Bool { self == "." || ("0"..."9").contains(self) }
}

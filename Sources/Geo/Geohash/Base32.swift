/// The 32 characters of geohashes: digits and lower case letters without a, i, l and o, in ASCII order.
enum Base32 {
    private static let alphabet: StaticString = "0123456789bcdefghjkmnpqrstuvwxyz"
    private static let noDigit: UInt8 = 0xFF

    /// By byte, the five bits that it stands for; letters of either case.
    private static let digits: [UInt8] = {
        var digits = [UInt8](repeating: noDigit, count: 256)
        for value: UInt8 in 0..<32 {
            let character = character(value)
            digits[Int(character)] = value
            if character >= UInt8(ascii: "a") { digits[Int(character ^ 0x20)] = value }
        }
        return digits
    }()

    /// The character for five bits; the lowest five of `value` count.
    static func character(_ value: UInt8) -> UInt8 {
        alphabet.utf8Start[Int(value & 31)]
    }

    /// The five bits that a character stands for, in either case; `nil` if it is none of the 32.
    static func digit(_ character: UInt8) -> UInt8? {
        let digit = digits[Int(character)]
        return digit == noDigit ? nil : digit
    }
}

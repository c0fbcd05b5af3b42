/// The 32 characters of geohashes: digits and lower case letters without a, i, l and o, in ASCII order.
enum Base32 {
    /// What ``digit(_:)`` gives for a byte that is none of the characters. All bits are set, so that it still
    /// shows in the union of many digits.
    static let noDigit: UInt8 = 0xFF

    /// The character for five bits; the lowest five of `value` count.
    static func character(_ value: UInt8) -> UInt8 {
        alphabet.utf8Start[Int(value & 31)]
    }

    /// The five bits that a character stands for, in either case, or ``noDigit``.
    static func digit(_ character: UInt8) -> UInt8 {
        let index = Int(character &- firstCharacter)
        return index < digits.count ? digits[index] : noDigit
    }

    private static let alphabet: StaticString = "0123456789bcdefghjkmnpqrstuvwxyz"
    private static let firstCharacter = UInt8(ascii: "0")

    /// The digits by byte from "0" on, 16 bytes a line. Written out, because the compiler lays down a
    /// table of literals, while one computed from the alphabet would be checked for at every use.
    private static let digits: [UInt8] = {
        let no = noDigit
        return [
            0, 1, 2, 3, 4, 5, 6, 7, 8, 9, no, no, no, no, no, no,
            no, no, 10, 11, 12, 13, 14, 15, 16, no, 17, 18, no, 19, 20, no,
            21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, no, no, no, no, no,
            no, no, 10, 11, 12, 13, 14, 15, 16, no, 17, 18, no, 19, 20, no,
            21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, no, no, no, no, no,
        ]
    }()
}

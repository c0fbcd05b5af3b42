/// The 32 characters of geohash: digits and lower case letters without a, i, l and o, in ASCII order.
@usableFromInline
enum Base32 {
    /// The greatest five bits; what ``digit(_:)`` gives for a byte that is none of the characters is greater, and so is the
    /// union of it with others.
    @inlinable static var greatestDigit: UInt8 { 31 }

    /// The character for five bits; the lowest five of `value` count.
    @inlinable @inline(__always)
    static func character(_ value: UInt64) -> UInt8 {
        alphabet.utf8Start[Int(truncatingIfNeeded: value & 31)]
    }

    /// The five bits that a character stands for, in either case, or more than ``greatestDigit``.
    @inlinable @inline(__always)
    static func digit(_ character: UInt8) -> UInt8 {
        // From "0" on; what comes before "0" comes after everything else.
        let index = Int(truncatingIfNeeded: character &- 0x30)
        return digits.utf8Start[index]
    }

    @inlinable static var alphabet: StaticString { "0123456789bcdefghjkmnpqrstuvwxyz" }

    /// The digits by byte from "0" on, 16 bytes a line, `~` where there is none. In a literal, because that needs no check
    /// for whether it has been made, and 256 of them need none for the end.
    @inlinable static var digits: StaticString {
        """
        \u{0}\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}\u{9}~~~~~~\
        ~~\u{A}\u{B}\u{C}\u{D}\u{E}\u{F}\u{10}~\u{11}\u{12}~\u{13}\u{14}~\
        \u{15}\u{16}\u{17}\u{18}\u{19}\u{1A}\u{1B}\u{1C}\u{1D}\u{1E}\u{1F}~~~~~\
        ~~\u{A}\u{B}\u{C}\u{D}\u{E}\u{F}\u{10}~\u{11}\u{12}~\u{13}\u{14}~\
        \u{15}\u{16}\u{17}\u{18}\u{19}\u{1A}\u{1B}\u{1C}\u{1D}\u{1E}\u{1F}~~~~~\
        ~~~~~~~~~~~~~~~~\
        ~~~~~~~~~~~~~~~~\
        ~~~~~~~~~~~~~~~~\
        ~~~~~~~~~~~~~~~~\
        ~~~~~~~~~~~~~~~~\
        ~~~~~~~~~~~~~~~~\
        ~~~~~~~~~~~~~~~~\
        ~~~~~~~~~~~~~~~~\
        ~~~~~~~~~~~~~~~~\
        ~~~~~~~~~~~~~~~~\
        ~~~~~~~~~~~~~~~~
        """
    }
}

/// A geohash cell of 1 to 12 characters in one word.
///
/// The upper 60 bits hold the cell, first character highest and unused bits zero; the lower 4 hold the
/// number of characters. Cells therefore sort as their texts do, a parent before its children. A cell owns
/// its south and west borders; latitude 90 and longitude 180 belong to the last row and column.
public struct Geohash: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// The greatest number of characters.
    @inlinable public static var maximumPrecision: Int { 12 }

    @inlinable static var bitsPerCharacter: Int { 5 }
    @inlinable static var precisionMask: UInt64 { 0xF }

    /// The cell in one word: 5 bits a character from the top, the precision in the lowest 4.
    public let rawValue: UInt64

    /// Takes a word of the form of ``rawValue``.
    ///
    /// - Returns: `nil` if the precision is not 1 to 12 or a bit below the last character is set.
    @inlinable
    public init?(rawValue: UInt64) {
        let precision = Int(rawValue & Self.precisionMask)
        guard 1...Self.maximumPrecision ~= precision,
            rawValue & ~Self.mask(precision: precision) == UInt64(precision)
        else { return nil }
        self.rawValue = rawValue
    }

    /// Takes a word that is known to be of the form of ``rawValue``.
    @inlinable @inline(__always)
    init(validRawValue: UInt64) { rawValue = validRawValue }

    /// Keeps as many of the leading bits as the precision, which is 1 to 12, has.
    @inlinable @inline(__always)
    init(truncating bits: UInt64, precision: Int) {
        rawValue = bits & Self.mask(precision: precision) | UInt64(precision)
    }

    /// The number of characters, 1 to 12.
    @inlinable public var precision: Int { Int(rawValue & Self.precisionMask) }

    @inlinable
    public static func < (one: Geohash, other: Geohash) -> Bool { one.rawValue < other.rawValue }

    /// The bits of the cell, without the precision.
    @inlinable @inline(__always)
    static func mask(precision: Int) -> UInt64 {
        ~0 &<< UInt64(truncatingIfNeeded: 64 &- bitsPerCharacter &* precision)
    }
}

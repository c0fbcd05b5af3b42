extension Geohash: CustomStringConvertible {
    /// Reads a geohash of 1 to 12 characters. Upper case is taken for lower case.
    ///
    /// - Returns: `nil` if the text is empty, longer, or has a character that geohashes do not use.
    public init?(_ text: String) {
        var text = text
        guard let geohash = text.withUTF8({ Geohash(utf8: UnsafeRawBufferPointer($0)) }) else { return nil }
        self = geohash
    }

    /// Reads a geohash from bytes, as ``init(_:)`` does from a text.
    ///
    /// - Returns: `nil` if there are none or more than 12, or one is no character of geohashes.
    public init?(utf8: UnsafeRawBufferPointer) {
        guard 1...Self.maximumPrecision ~= utf8.count else { return nil }
        var bits: UInt64 = 0
        var digits: UInt8 = 0
        for byte in utf8 {
            let digit = Base32.digit(byte)
            bits = bits &<< Self.bitsPerCharacter | UInt64(digit)
            digits |= digit
        }
        guard digits != Base32.noDigit else { return nil }
        self.init(truncating: bits &<< (64 - Self.bitsPerCharacter * utf8.count), precision: utf8.count)
    }

    /// The geohash as text: base 32, lower case, ``precision`` characters. Does not allocate.
    public var description: String {
        String(unsafeUninitializedCapacity: precision) { bytes in
            var bits = rawValue
            for index in 0..<precision {
                bits = bits &<< 5 | bits &>> 59
                bytes[index] = Base32.character(UInt8(truncatingIfNeeded: bits))
            }
            return precision
        }
    }
}

extension Geohash: CustomStringConvertible {
    /// Reads a geohash of 1 to 12 characters. Upper case is taken for lower case.
    ///
    /// - Returns: `nil` if the text is empty, longer, or has a character that geohashes do not use;
    ///   ``init(parsing:)`` says which.
    public init?(_ text: String) {
        var text = text
        guard let geohash = text.withUTF8({ Geohash(utf8: UnsafeRawBufferPointer($0)) }) else { return nil }
        self = geohash
    }

    /// Reads a geohash from bytes, as ``init(_:)`` does from a text. About 6 ns for 12 characters.
    ///
    /// - Returns: `nil` if there are none or more than 12, or one is no character of geohashes.
    @inlinable @inline(__always)
    public init?(utf8: UnsafeRawBufferPointer) {
        guard 1...Self.maximumPrecision ~= utf8.count else { return nil }
        var bits: UInt64 = 0
        var digits: UInt8 = 0
        for byte in utf8 {
            let digit = Base32.digit(byte)
            bits = bits &<< UInt64(truncatingIfNeeded: Self.bitsPerCharacter) | UInt64(digit)
            digits |= digit
        }
        guard digits <= Base32.greatestDigit else { return nil }
        let unused = 64 &- Self.bitsPerCharacter &* utf8.count
        self.init(truncating: bits &<< UInt64(truncatingIfNeeded: unused), precision: utf8.count)
    }

    /// Reads a geohash of 1 to 12 characters, or tells what is wrong. Upper case is taken for lower case.
    public init(parsing text: some StringProtocol) throws(GeohashError) {
        guard let geohash = Geohash(String(text)) else { throw GeohashError(of: text) }
        self = geohash
    }

    /// The geohash as text: base 32, lower case, ``precision`` characters. Does not allocate.
    public var description: String {
        String(unsafeUninitializedCapacity: precision) { write(into: UnsafeMutableRawBufferPointer($0)) }
    }

    /// Writes the text, ``precision`` bytes of ASCII, at the start of a buffer. About 8 ns for 12 characters.
    ///
    /// - Parameter buffer: of ``precision`` bytes or more (precondition).
    /// - Returns: ``precision``.
    @inlinable @discardableResult
    public func write(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let precision = precision
        precondition(buffer.count >= precision, "the buffer is shorter than the geohash")
        guard let bytes = buffer.baseAddress else { return 0 }
        if precision == Self.maximumPrecision {
            // With a constant count the compiler leaves no loop.
            write(Self.maximumPrecision, to: bytes)
        } else {
            write(precision, to: bytes)
        }
        return precision
    }

    @inlinable @inline(__always)
    func write(_ count: Int, to bytes: UnsafeMutableRawPointer) {
        var shift: UInt64 = 59
        for index in 0..<count {
            bytes.storeBytes(of: Base32.character(rawValue &>> shift), toByteOffset: index, as: UInt8.self)
            shift &-= 5
        }
    }
}

extension Geohash {
    /// The number of cells that one is divided into by one more character.
    static let partsPerCell = 1 << bitsPerCharacter

    /// The 32 cells of one character, in ascending order.
    static var coarsest: [Geohash] {
        (0..<UInt64(partsPerCell)).map { Geohash(truncating: $0 << UInt64(64 - bitsPerCharacter), precision: 1) }
    }

    /// One of the 32 parts of a cell of at most 11 characters, numbered in ascending order.
    @inline(__always)
    func part(_ digit: Int) -> Geohash {
        let finer = precision + 1
        let bits = rawValue | UInt64(digit) << UInt64(64 - Self.bitsPerCharacter * finer)
        return Geohash(truncating: bits, precision: finer)
    }
}

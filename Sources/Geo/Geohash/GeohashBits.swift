/// A cell as databases keep it: the number that its bits make, of any number of bits up to 64.
///
/// The first bit is of longitude, the second of latitude, and so on; five bits are a character. 52 bits fit a `Double`, 64
/// are 32 of each axis. What Redis calls a geohash is another grid, whose latitudes end at ±85.05°.
public struct GeohashBits: Hashable, Sendable, BitwiseCopyable {
    /// The greatest number of bits.
    public static let maximumCount = 64

    /// The bits, the last of them lowest; those above ``count`` are 0.
    public let value: UInt64
    /// How many bits, 1 to 64.
    public let count: Int

    /// Takes a number and how many bits of it count.
    ///
    /// - Returns: `nil` if there are not 1 to 64, or the number has more.
    public init?(value: UInt64, count: Int) {
        guard 1...Self.maximumCount ~= count, value >> UInt64(count - 1) <= 1 else { return nil }
        self.value = value
        self.count = count
    }

    /// The cell that a position in degrees is in, exactly.
    ///
    /// - Returns: `nil` unless both are finite, the latitude within ±90, the longitude within ±180 and the count 1 to 64.
    public init?(latitude: Double, longitude: Double, count: Int) {
        guard latitude.magnitude <= Coordinate.maximumLatitude, longitude.magnitude <= Coordinate.maximumLongitude,
            1...Self.maximumCount ~= count
        else { return nil }
        let column = Self.index(longitude + 180, of: longitude, step: Self.longitudeStep, origin: -180)
        let row = Self.index(latitude + 90, of: latitude, step: Self.latitudeStep, origin: -90)
        let bits = BitInterleaving.spread(column) << 1 | BitInterleaving.spread(row)
        value = bits >> UInt64(Self.maximumCount - count)
        self.count = count
    }

    /// The same cell as a geohash, if its bits are 1 to 12 characters.
    public var geohash: Geohash? {
        guard count.isMultiple(of: Geohash.bitsPerCharacter),
            count / Geohash.bitsPerCharacter <= Geohash.maximumPrecision
        else { return nil }
        return Geohash(
            truncating: value << UInt64(Self.maximumCount - count), precision: count / Geohash.bitsPerCharacter)
    }

    /// The borders of the cell, in degrees. Exact.
    public var box: GeohashBox {
        let first = value << UInt64(Self.maximumCount - count)
        let (column, row) = (BitInterleaving.gather(first >> 1), BitInterleaving.gather(first))
        let (columns, rows) = (
            Double(UInt64(1) << UInt64(32 - (count + 1) / 2)), Double(UInt64(1) << UInt64(32 - count / 2))
        )
        return GeohashBox(
            south: Double(row) * Self.latitudeStep - 90,
            west: Double(column) * Self.longitudeStep - 180,
            north: (Double(row) + rows) * Self.latitudeStep - 90,
            east: (Double(column) + columns) * Self.longitudeStep - 180)
    }

    /// The steps of the finest grid, 2³² columns and rows, in degrees. Exact.
    private static let longitudeStep = 360 / Double(UInt64(1) << 32)
    private static let latitudeStep = 180 / Double(UInt64(1) << 32)
    private static let greatestIndex = UInt64(UInt32.max)

    /// The index of a position: the quotient rounds to the right one or up to the next, as in ``GeohashGrid``.
    private static func index(_ offset: Double, of position: Double, step: Double, origin: Double) -> UInt64 {
        let guess = min(UInt64(offset / step), greatestIndex)
        return position < Double(guess) * step + origin ? guess - 1 : guess
    }
}

extension Geohash {
    /// The cell as a number of 5 bits a character.
    public var bits: GeohashBits {
        let count = Self.bitsPerCharacter * precision
        return GeohashBits(validValue: rawValue >> UInt64(64 - count), count: count)
    }
}

extension GeohashBits {
    fileprivate init(validValue value: UInt64, count: Int) {
        self.value = value
        self.count = count
    }
}

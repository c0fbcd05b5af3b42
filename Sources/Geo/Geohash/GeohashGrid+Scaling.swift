/// From a position to its column and row, exactly: a point on a border is in the cell that owns the border,
/// at any precision, which a plain multiplication in `Double` gets wrong about as often as it rounds.
extension GeohashGrid {
    /// The column of a longitude in 1e-7 degrees, in whole numbers.
    @inlinable
    static func column(longitudeE7: Int32) -> UInt64 {
        // x · 2³⁰ / 3.6e9, shortened by 2¹⁰; at most 52 bits before the division.
        // The sum fits 32 bits without a sign.
        let fromAntimeridian = UInt32(bitPattern: longitudeE7 &+ Coordinate.maximumLongitudeE7)
        return min((UInt64(fromAntimeridian) &<< 20) / shortenedSpan, cellsPerAxis - 1)
    }

    /// The row of a latitude in 1e-7 degrees, in whole numbers.
    @inlinable
    static func row(latitudeE7: Int32) -> UInt64 {
        // y · 2³⁰ / 1.8e9, shortened by 2⁹.
        let fromSouthPole = UInt32(bitPattern: latitudeE7 &+ Coordinate.maximumLatitudeE7)
        return min((UInt64(fromSouthPole) &<< 21) / shortenedSpan, cellsPerAxis - 1)
    }

    /// The column of a longitude in degrees, within ±180.
    @inlinable
    static func column(longitude: Double) -> UInt64 {
        let guess = index((longitude + Coordinate.maximumLongitude) / longitudeStep)
        return longitude < Self.longitude(column: guess) ? guess - 1 : guess
    }

    /// The row of a latitude in degrees, within ±90.
    @inlinable
    static func row(latitude: Double) -> UInt64 {
        let guess = index((latitude + Coordinate.maximumLatitude) / latitudeStep)
        return latitude < Self.latitude(row: guess) ? guess - 1 : guess
    }

    /// The index that a position in cells rounds to, which is the right one or the next.
    ///
    /// Sum and quotient are rounded, but borders are exact in both, and rounding keeps the order. So no
    /// position is rounded below the border under it; at most it is rounded up onto the one above.
    @inlinable
    static func index(_ cells: Double) -> UInt64 {
        min(UInt64(cells), cellsPerAxis - 1)
    }

    /// The longitude in 1e-7 degrees that is so many halves of a column from the antimeridian, rounded.
    @inlinable
    static func longitudeE7(halfColumn: UInt64) -> Int32 {
        let span = 2 * UInt64(Coordinate.maximumLongitudeE7)
        return Int32(Int64(rounded(halfColumn, of: span)) - Int64(Coordinate.maximumLongitudeE7))
    }

    /// The latitude in 1e-7 degrees that is so many halves of a row from the south pole, rounded.
    @inlinable
    static func latitudeE7(halfRow: UInt64) -> Int32 {
        let span = 2 * UInt64(Coordinate.maximumLatitudeE7)
        return Int32(Int64(rounded(halfRow, of: span)) - Int64(Coordinate.maximumLatitudeE7))
    }

    /// So many of the 2³¹ halves of a span; at most 63 bits before the shift.
    @inlinable
    static func rounded(_ halves: UInt64, of span: UInt64) -> UInt64 {
        (halves * span + (1 << UInt64(bitsPerAxis))) >> UInt64(bitsPerAxis + 1)
    }

    /// 360 degrees in 1e-7 degrees without the factors of two: 3.6e9 / 2¹⁰ and 1.8e9 / 2⁹.
    @inlinable static var shortenedSpan: UInt64 { 3_515_625 }
}

/// From a position to its column and row, exactly: a point on a border is in the cell that owns the border,
/// at any precision, which a plain multiplication in `Double` gets wrong about as often as it rounds.
extension GeohashGrid {
    /// The column of a longitude in 1e-7 degrees, in whole numbers.
    static func column(longitudeE7: Int32) -> UInt64 {
        // x · 2³⁰ / 3.6e9, shortened by 2¹⁰; at most 52 bits before the division.
        let fromAntimeridian = UInt64(Int64(longitudeE7) + Int64(Coordinate.maximumLongitudeE7))
        return min((fromAntimeridian << 20) / shortenedSpan, cellsPerAxis - 1)
    }

    /// The row of a latitude in 1e-7 degrees, in whole numbers.
    static func row(latitudeE7: Int32) -> UInt64 {
        // y · 2³⁰ / 1.8e9, shortened by 2⁹.
        let fromSouthPole = UInt64(Int64(latitudeE7) + Int64(Coordinate.maximumLatitudeE7))
        return min((fromSouthPole << 21) / shortenedSpan, cellsPerAxis - 1)
    }

    /// The column of a longitude in degrees, within ±180.
    static func column(longitude: Double) -> UInt64 {
        index(of: longitude, limit: Coordinate.maximumLongitude, border: Self.longitude(column:))
    }

    /// The row of a latitude in degrees, within ±90.
    static func row(latitude: Double) -> UInt64 {
        index(of: latitude, limit: Coordinate.maximumLatitude, border: Self.latitude(row:))
    }

    /// 360 degrees in 1e-7 degrees without the factors of two: 3.6e9 / 2¹⁰ and 1.8e9 / 2⁹.
    private static let shortenedSpan: UInt64 = 3_515_625

    /// Scaling rounds and may be one cell off near a border. The borders themselves are exact numbers, so
    /// comparing with the two around the guess settles it.
    private static func index(of degrees: Double, limit: Double, border: (UInt64) -> Double) -> UInt64 {
        let scaled = (degrees + limit) * (Double(cellsPerAxis) / (2 * limit))
        let guess = min(UInt64(scaled), cellsPerAxis - 1)
        if degrees < border(guess) { return guess - 1 }
        if guess < cellsPerAxis - 1, degrees >= border(guess + 1) { return guess + 1 }
        return guess
    }
}

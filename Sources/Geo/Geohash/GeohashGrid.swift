/// The finest grid of cells: 2³⁰ columns from the antimeridian eastward by 2³⁰ rows from the south pole
/// northward. Coarser cells are blocks of it, so one scaling serves every precision.
///
/// A cell owns its south and west borders. The north pole and longitude 180 have no cell beyond them and
/// belong to the last row and column.
@usableFromInline
enum GeohashGrid {
    /// Bits of a column or row number at the finest precision.
    @inlinable static var bitsPerAxis: Int { 30 }
    @inlinable static var cellsPerAxis: UInt64 { 1 &<< 30 }

    /// The width of a column and the height of a row in degrees. Exact: 45 halved 27 and 28 times.
    @inlinable static var longitudeStep: Double { 360 / Double(1 &<< 30) }
    @inlinable static var latitudeStep: Double { 180 / Double(1 &<< 30) }

    /// How many columns a cell of a precision takes up. Of an odd number of bits longitude has the last.
    @inlinable
    static func columns(precision: Int) -> UInt64 {
        1 &<< (bitsPerAxis - (Geohash.bitsPerCharacter * precision + 1) / 2)
    }

    /// How many rows a cell of a precision takes up.
    @inlinable
    static func rows(precision: Int) -> UInt64 {
        1 &<< (bitsPerAxis - Geohash.bitsPerCharacter * precision / 2)
    }

    /// The width of a cell in degrees of longitude. Exact.
    @inlinable
    static func width(precision: Int) -> Double {
        Double(columns(precision: precision)) * longitudeStep
    }

    /// The height of a cell in degrees of latitude. Exact.
    @inlinable
    static func height(precision: Int) -> Double {
        Double(rows(precision: precision)) * latitudeStep
    }

    /// The west border of a column of the finest grid, in degrees. Exact: 38 bits suffice.
    @inlinable
    static func longitude(column: UInt64) -> Double {
        Double(Int64(bitPattern: column)) * longitudeStep - Coordinate.maximumLongitude
    }

    /// The south border of a row of the finest grid, in degrees. Exact like ``longitude(column:)``.
    @inlinable
    static func latitude(row: UInt64) -> Double {
        Double(Int64(bitPattern: row)) * latitudeStep - Coordinate.maximumLatitude
    }
}

/// The finest grid of cells: 2³⁰ columns from the antimeridian eastward by 2³⁰ rows from the south pole
/// northward. Coarser cells are blocks of it, so one scaling serves every precision.
///
/// A cell owns its south and west borders. The north pole and longitude 180 have no cell beyond them and
/// belong to the last row and column.
enum GeohashGrid {
    /// Bits of a column or row number at the finest precision.
    static let bitsPerAxis = 30
    static let cellsPerAxis: UInt64 = 1 &<< bitsPerAxis

    /// The width of a column and the height of a row in degrees. Exact: 45 halved 27 and 28 times.
    static let longitudeStep = 360 / Double(cellsPerAxis)
    static let latitudeStep = 180 / Double(cellsPerAxis)

    /// How many columns a cell of a precision takes up. Of an odd number of bits longitude has the last.
    static func columns(precision: Int) -> UInt64 {
        1 &<< (bitsPerAxis - (Geohash.bitsPerCharacter * precision + 1) / 2)
    }

    /// How many rows a cell of a precision takes up.
    static func rows(precision: Int) -> UInt64 {
        1 &<< (bitsPerAxis - Geohash.bitsPerCharacter * precision / 2)
    }

    /// The width of a cell in degrees of longitude. Exact.
    static func width(precision: Int) -> Double {
        Double(columns(precision: precision)) * longitudeStep
    }

    /// The height of a cell in degrees of latitude. Exact.
    static func height(precision: Int) -> Double {
        Double(rows(precision: precision)) * latitudeStep
    }

    /// The west border of a column of the finest grid, in degrees. Exact: 38 bits suffice.
    static func longitude(column: UInt64) -> Double {
        Double(column) * longitudeStep - Coordinate.maximumLongitude
    }

    /// The south border of a row of the finest grid, in degrees. Exact like ``longitude(column:)``.
    static func latitude(row: UInt64) -> Double {
        Double(row) * latitudeStep - Coordinate.maximumLatitude
    }
}

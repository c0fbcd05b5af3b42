/// The finest grid of cells: 2³⁰ columns from the antimeridian eastward by 2³⁰ rows from the south pole
/// northward. Coarser cells are blocks of it, so one scaling serves every precision.
///
/// A cell owns its south and west borders. The north pole and longitude 180 have no cell beyond them and
/// belong to the last row and column.
enum GeohashGrid {
    /// Bits of a column or row number at the finest precision.
    static let bitsPerAxis = 30
    static let cellsPerAxis: UInt64 = 1 << bitsPerAxis

    /// Bits of a column number at a precision; longitude takes the odd bit.
    static func columnBits(precision: Int) -> Int { (Geohash.bitsPerCharacter * precision + 1) / 2 }

    /// Bits of a row number at a precision.
    static func rowBits(precision: Int) -> Int { Geohash.bitsPerCharacter * precision / 2 }

    /// The width of a cell in degrees of longitude. Exact.
    static func width(precision: Int) -> Double {
        Double(1 << (bitsPerAxis - columnBits(precision: precision))) * longitudeStep
    }

    /// The height of a cell in degrees of latitude. Exact.
    static func height(precision: Int) -> Double {
        Double(1 << (bitsPerAxis - rowBits(precision: precision))) * latitudeStep
    }

    /// The west border of a column of the finest grid, in degrees. Exact: the fraction has 30 binary places.
    static func longitude(column: UInt64) -> Double {
        Double(column) * longitudeStep - Coordinate.maximumLongitude
    }

    /// The south border of a row of the finest grid, in degrees. Exact like ``longitude(column:)``.
    static func latitude(row: UInt64) -> Double {
        Double(row) * latitudeStep - Coordinate.maximumLatitude
    }

    private static let longitudeStep = 360 / Double(cellsPerAxis)
    private static let latitudeStep = 180 / Double(cellsPerAxis)
}

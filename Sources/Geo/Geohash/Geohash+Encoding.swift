extension Geohash {
    /// The cell that a position is in. About 5 ns, in whole numbers.
    ///
    /// - Parameter precision: characters, 1 to 12 (precondition).
    @inlinable
    public init(_ coordinate: Coordinate, precision: Int) {
        precondition(1...Self.maximumPrecision ~= precision, "a geohash has 1 to 12 characters")
        self.init(
            column: GeohashGrid.column(longitudeE7: coordinate.longitudeE7),
            row: GeohashGrid.row(latitudeE7: coordinate.latitudeE7),
            precision: precision)
    }

    /// The cell that a position in degrees is in, without rounding to the steps of ``Coordinate`` first: the
    /// cell of the number exactly as it is given, to the last bit.
    ///
    /// - Parameter precision: characters, 1 to 12.
    /// - Returns: `nil` unless both are finite, the latitude within ±90, the longitude within ±180 and the
    ///   precision 1 to 12.
    @inlinable
    public init?(latitude: Double, longitude: Double, precision: Int) {
        guard latitude.magnitude <= Coordinate.maximumLatitude,
            longitude.magnitude <= Coordinate.maximumLongitude,
            1...Self.maximumPrecision ~= precision
        else { return nil }
        self.init(
            column: GeohashGrid.column(longitude: longitude),
            row: GeohashGrid.row(latitude: latitude),
            precision: precision)
    }

    /// The cell of a precision that holds a cell of the finest grid.
    @inlinable @inline(__always)
    init(column: UInt64, row: UInt64, precision: Int) {
        let cell = BitInterleaving.spread(column) << 1 | BitInterleaving.spread(row)
        self.init(truncating: cell << Self.unusedBits, precision: precision)
    }

    /// The first column of the finest grid that this cell covers.
    @inlinable var column: UInt64 { BitInterleaving.gather(rawValue >> (Self.unusedBits + 1)) }

    /// The first row of the finest grid that this cell covers.
    @inlinable var row: UInt64 { BitInterleaving.gather(rawValue >> Self.unusedBits) }

    /// The bits of a word below the cell of the finest grid.
    @inlinable static var unusedBits: UInt64 { 4 }
}

extension Geohash {
    /// The borders of the cell, in degrees.
    @inlinable @inline(__always)
    public var box: GeohashBox {
        GeohashBox(
            south: GeohashGrid.latitude(row: row),
            west: GeohashGrid.longitude(column: column),
            north: GeohashGrid.latitude(row: row + GeohashGrid.rows(precision: precision)),
            east: GeohashGrid.longitude(column: column + GeohashGrid.columns(precision: precision)))
    }

    /// The middle of the cell, rounded to the steps of ``Coordinate``, a half upward; always in the cell.
    @inlinable
    public var center: Coordinate {
        Coordinate(
            validLatitudeE7: GeohashGrid.latitudeE7(
                halfRow: 2 * row + GeohashGrid.rows(precision: precision)),
            validLongitudeE7: GeohashGrid.longitudeE7(
                halfColumn: 2 * column + GeohashGrid.columns(precision: precision)))
    }

    /// The length in metres of the border that is nearer to a pole, along its parallel; 0 if it is the pole.
    public var narrowestWidth: Double {
        let box = box
        let poleward = max(box.south.magnitude, box.north.magnitude)
        return Earth.metres(degrees: box.east - box.west) * Trigonometry.cosine(degrees: poleward)
    }

    /// The length in metres of the cell from south to north.
    public var height: Double {
        Earth.metres(degrees: GeohashGrid.height(precision: precision))
    }
}

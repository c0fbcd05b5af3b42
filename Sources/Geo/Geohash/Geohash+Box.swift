extension Geohash {
    /// The borders of the cell, in degrees.
    public var box: GeohashBox {
        let columns: UInt64 = 1 << (GeohashGrid.bitsPerAxis - GeohashGrid.columnBits(precision: precision))
        let rows: UInt64 = 1 << (GeohashGrid.bitsPerAxis - GeohashGrid.rowBits(precision: precision))
        return GeohashBox(
            south: GeohashGrid.latitude(row: row),
            west: GeohashGrid.longitude(column: column),
            north: GeohashGrid.latitude(row: row + rows),
            east: GeohashGrid.longitude(column: column + columns))
    }

    /// The middle of the cell, rounded to the steps of ``Coordinate``; always in the cell.
    public var center: Coordinate {
        let box = box
        return Coordinate(
            validLatitude: (box.south + box.north) / 2, validLongitude: (box.west + box.east) / 2)
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

/// Cells by the number of steps: a step leads to one of the eight neighbours. Columns go on across the antimeridian, and
/// beyond a pole there is nothing.
extension Geohash {
    /// The cells that are exactly so many steps away, from north to south and in each row from west to east.
    ///
    /// - Parameter steps: 0 or more (precondition); 0 gives the cell itself. At 8 × `steps` cells, watch the size.
    public func ring(_ steps: Int) -> [Geohash] {
        cells(within: steps) { northward, columns in
            northward.magnitude == steps
                ? columns : columns.filter { $0.magnitude == steps }
        }
    }

    /// The cells that are at most so many steps away, this one among them, in the order of ``ring(_:)``.
    ///
    /// - Parameter steps: 0 or more (precondition); 1 gives the ``nine`` in another order. The number of cells grows with
    ///   the square.
    public func disk(_ steps: Int) -> [Geohash] {
        cells(within: steps) { _, columns in columns }
    }

    /// - Parameter columns: which of the columns, in steps to the east, to take of a row, in steps to the north.
    private func cells(
        within steps: Int, columns: (_ northward: Int, _ all: [Int]) -> [Int]
    ) -> [Geohash] {
        precondition(steps >= 0, "a number of steps is 0 or more")
        let (width, height) = (GeohashGrid.columns(precision: precision), GeohashGrid.rows(precision: precision))
        let (across, upward) = (Int(GeohashGrid.cellsPerAxis / width), Int(GeohashGrid.cellsPerAxis / height))
        let (ownColumn, ownRow) = (Int(column / width), Int(row / height))
        // Half around the Earth, the way east and the way west meet.
        let all = Array(max(-steps, 1 - across / 2)...min(steps, across / 2))
        var cells: [Geohash] = []
        let (top, bottom) = (min(steps, upward - 1 - ownRow), max(-steps, -ownRow))
        for northward in stride(from: top, through: bottom, by: -1) {
            let row = UInt64(ownRow + northward) * height
            for eastward in columns(northward, all) {
                let column = UInt64((ownColumn + eastward + across) % across) * width
                cells.append(Geohash(column: column, row: row, precision: precision))
            }
        }
        return cells
    }
}

/// How large a cell is drawn with characters, which are about twice as high as wide.
struct CellScale: Equatable {
    /// From border to border.
    let columns: Int
    let rows: Int
    /// How many times higher than drawn cells are, when they are too narrow to be drawn as they are; else `nil`.
    let squeeze: Double?

    private static let charactersHigh = 2.0
    private static let rowRange = 4...11
    private static let maximumColumns = 18
    /// Off by more than that is not to scale.
    private static let tolerance = 1.15

    /// - Parameters:
    ///   - aspect: width by height.
    ///   - leastColumns: the room that names need.
    init(aspect: Double, leastColumns: Int) {
        let columnRange = leastColumns...max(leastColumns, Self.maximumColumns)
        let choices = Self.rowRange.map { rows in
            let ideal = aspect * Self.charactersHigh * Double(rows)
            let columns = min(max(Int(min(ideal, 1_000).rounded()), columnRange.lowerBound), columnRange.upperBound)
            return (rows, columns, error: max(ideal / Double(columns), Double(columns) / ideal))
        }
        // The first of the best is the smallest.
        let best = choices.min { $0.error < $1.error - 0.02 }!
        let isToScale = best.error <= Self.tolerance
        rows = isToScale ? best.0 : Self.rowRange.lowerBound + 2
        columns = isToScale ? best.1 : leastColumns
        squeeze = isToScale ? nil : Double(columns) / (aspect * Self.charactersHigh * Double(rows))
    }
}

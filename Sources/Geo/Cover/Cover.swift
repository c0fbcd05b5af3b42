/// Cells that together hold every point of a region.
///
/// A cover is made by ``Region/cover(precision:limit:)`` or ``Region/cover(cells:precisions:)``.
public struct Cover: Hashable, Sendable {
    /// The most cells of a cover unless the caller sets another limit: 1 000 000, which take 8 MB.
    public static let maximumCells = 1_000_000

    /// The greatest budget of cells that is used up: 10 000. The search among more would take long, as it grows
    /// nearly with the square, and gain next to nothing: a disc is covered to 0.2 %.
    public static let maximumBudget = 10_000

    /// The cells in ascending order. None is a part of another, and there is at least one.
    public let cells: [Geohash]

    /// The area of the cells together, in square metres on the sphere of ``Earth/meanRadius``.
    public let squareMetres: Double

    /// The area of the region that the cells cover, in square metres.
    public let regionSquareMetres: Double

    /// - Parameter cells: in ascending order, none a part of another.
    init(cells: [Geohash], of region: some Region) {
        self.cells = cells
        squareMetres = cells.reduce(0) { $0 + $1.box.squareMetres }
        regionSquareMetres = region.squareMetres
    }

    /// How many times the area of the region the cells take up, 1 or more; infinite for a point or a line.
    public var overcover: Double {
        regionSquareMetres > 0 ? max(squareMetres / regionSquareMetres, 1) : .infinity
    }

    /// Whether a position is in one of the cells. Logarithmic in their number.
    public func contains(_ coordinate: Coordinate) -> Bool {
        contains(Geohash(coordinate, precision: Geohash.maximumPrecision))
    }

    /// Whether a cell is one of the cells or a part of one. Logarithmic in their number.
    public func contains(_ cell: Geohash) -> Bool {
        // Texts sort before their continuations, so the cell that could hold it is the last that is not greater.
        var (low, high) = (0, cells.count)
        while low < high {
            let middle = (low + high) / 2
            if cells[middle] <= cell { low = middle + 1 } else { high = middle }
        }
        return low > 0 && cells[low - 1].contains(cell)
    }
}

import Geo

/// The cell of fewer characters that a cell is part of.
struct ParentAnswer: SingleCellAnswer {
    let cell: Geohash
    let parent: Geohash

    /// - Parameter precision: 1 to that of the cell; `nil` for one character less.
    /// - Returns: `nil` if there is no such parent.
    init?(of cell: Geohash, precision: Int?) {
        let precision = precision ?? cell.precision - 1
        guard 1...cell.precision ~= precision else { return nil }
        self.cell = cell
        parent = cell.parent(precision: precision)
    }

    var text: String { parent.description }
    var json: JSONValue { ["geohash": .init(cell), "parent": .init(parent)] }
    var feature: CellFeature { CellFeature(parent) }

    var picture: MapPicture {
        MapPicture(
            title: "Geohash \(cell) in \(parent)", cells: [CellFeature(parent, isMain: false), CellFeature(cell)])
    }
}

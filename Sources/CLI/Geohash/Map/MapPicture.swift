import Geo

/// Cells on a map, to be drawn as SVG.
struct MapPicture {
    let title: String
    /// At least one.
    let cells: [CellFeature]
    var point: Position?
    /// What is covered, as rings.
    var outline: [[MapPoint]] = []
    /// Lines below the map.
    var notes: [String] = []

    /// Cells of which the borders are labelled and not only those of all of them.
    static let labelledCells = 9
    /// Cells that the description names.
    static let namedCells = 32

    var summary: String {
        let names = cells.prefix(Self.namedCells).map(\.cell.description).joined(separator: ", ")
        let more = cells.count - Self.namedCells
        return "Geohash cells with the land behind: \(names)\(more > 0 ? " and \(more) more" : "")."
    }
}

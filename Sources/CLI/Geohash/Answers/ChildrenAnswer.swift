import Geo

/// The cells of one more character that make up a cell; none if it has 12.
struct ChildrenAnswer: CellAnswer {
    let cell: Geohash

    var text: String { cell.children.map(\.description).joined(separator: "\n") }

    /// All on one line.
    var line: String { cell.children.map(\.description).joined(separator: " ") }

    var json: JSONValue {
        ["geohash": .init(cell), "children": .array(cell.children.map { .init($0) })]
    }

    var features: [CellFeature] { cell.children.map { CellFeature($0, isMain: false) } }

    var picture: MapPicture { MapPicture(title: "The children of geohash \(cell)", cells: features) }
}

import Geo

/// The cell that a position is in.
struct EncodeAnswer: SingleCellAnswer {
    let position: Position
    let cell: Geohash

    init(_ position: Position, precision: Int) {
        self.position = position
        cell = position.cell(precision: precision)
    }

    var text: String { cell.description }

    var json: JSONValue {
        [
            "geohash": .init(cell), "lat": .number(position.latitude), "lon": .number(position.longitude),
        ]
    }

    var feature: CellFeature { CellFeature(cell) }

    var picture: MapPicture {
        MapPicture(title: "Geohash \(cell)", cells: [feature], point: position)
    }
}

import Geo

/// The cells around a cell, by the points of the compass.
struct NeighborsAnswer: CellAnswer {
    let cell: Geohash

    var text: String {
        CompassPoint.allCases.map { direction in
            "\(direction.rawValue.count < 2 ? "\(direction.rawValue) " : direction.rawValue)  \(Self.text(of: cell.neighbor(direction)))"
        }.joined(separator: "\n")
    }

    /// All on one line, in the order n, ne, e, se, s, sw, w, nw.
    var line: String {
        CompassPoint.allCases.map { Self.text(of: cell.neighbor($0)) }.joined(separator: " ")
    }

    var json: JSONValue {
        .object(CompassPoint.allCases.map { .init($0.rawValue, .init(cell.neighbor($0))) })
    }

    /// The cell itself goes with them in pictures only.
    var features: [CellFeature] {
        CompassPoint.allCases.compactMap { direction in
            cell.neighbor(direction).map {
                CellFeature($0, isMain: false, [.init("direction", .string(direction.rawValue))])
            }
        }
    }

    var picture: MapPicture {
        MapPicture(title: "The neighbours of geohash \(cell)", cells: [CellFeature(cell)] + features)
    }

    private static func text(of cell: Geohash?) -> String { cell?.description ?? "-" }
}

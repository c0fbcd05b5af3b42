import Geo

/// Where a cell is: its middle, how far its points are from it at most, its borders.
struct DecodeAnswer: SingleCellAnswer {
    let cell: Geohash

    var text: String {
        let box = cell.box
        return """
            geohash  \(cell)
            centre   \(box.center.latitude.plainText) \(box.center.longitude.plainText)
            error    ±\(box.latitudeError.plainText) ±\(box.longitudeError.plainText)
            south    \(box.south.plainText)
            west     \(box.west.plainText)
            north    \(box.north.plainText)
            east     \(box.east.plainText)
            """
    }

    var json: JSONValue { .object([.init("geohash", .init(cell))] + Self.members(cell.box)) }

    var feature: CellFeature { CellFeature(cell) }

    var picture: MapPicture { MapPicture(title: "Geohash \(cell)", cells: [feature]) }

    static func members(_ box: GeohashBox) -> [JSONValue.Member] {
        [
            .init("lat", .number(box.center.latitude)), .init("lon", .number(box.center.longitude)),
            .init("lat_error", .number(box.latitudeError)), .init("lon_error", .number(box.longitudeError)),
            .init("min_lat", .number(box.south)), .init("min_lon", .number(box.west)),
            .init("max_lat", .number(box.north)), .init("max_lon", .number(box.east)),
        ]
    }
}

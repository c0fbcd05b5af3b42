import Geo

/// What a verb has to say about cells, in every format.
protocol CellAnswer {
    /// Lines, without the end of the last.
    var text: String { get }
    var json: JSONValue { get }
    /// The cells, for maps.
    var features: [CellFeature] { get }
    var geojson: JSONValue { get }
    var wkt: String { get }
    var picture: MapPicture { get }
}

extension CellAnswer {
    var geojson: JSONValue { GeoJSON.collection(features.map { GeoJSON.feature($0) }) }
    var wkt: String { WellKnownText.collection(features.map(\.cell.box)) }

    /// The answer, with the end of its last line.
    func written(as format: OutputFormat) -> String {
        switch format {
        case .text: text + "\n"
        case .json: json.description + "\n"
        case .geojson: geojson.description + "\n"
        case .svg: picture.svg
        case .wkt: wkt + "\n"
        }
    }
}

/// An answer about one cell: GeoJSON is a feature of its own, well-known text a polygon.
protocol SingleCellAnswer: CellAnswer {
    var feature: CellFeature { get }
}

extension SingleCellAnswer {
    var features: [CellFeature] { [feature] }
    var geojson: JSONValue { GeoJSON.feature(feature) }
    var wkt: String { WellKnownText.polygon(feature.cell.box) }
}

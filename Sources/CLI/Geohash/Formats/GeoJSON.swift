import Geo

/// GeoJSON (RFC 7946) of cells: no cell crosses the antimeridian, so each is one rectangle, drawn counter-clockwise.
enum GeoJSON {
    static func feature(_ feature: CellFeature) -> JSONValue {
        Self.feature(polygon(feature.cell.box), feature.properties)
    }

    static func feature(_ position: Position, _ properties: [JSONValue.Member]) -> JSONValue {
        feature(["type": "Point", "coordinates": Self.position(position.latitude, position.longitude)], properties)
    }

    static func collection(_ features: [JSONValue]) -> JSONValue {
        ["type": "FeatureCollection", "features": .array(features)]
    }

    private static func feature(_ geometry: JSONValue, _ properties: [JSONValue.Member]) -> JSONValue {
        ["type": "Feature", "properties": .object(properties), "geometry": geometry]
    }

    private static func polygon(_ box: GeohashBox) -> JSONValue {
        ["type": "Polygon", "coordinates": [.array(box.corners.map { position($0.latitude, $0.longitude) })]]
    }

    private static func position(_ latitude: Double, _ longitude: Double) -> JSONValue {
        [.number(longitude), .number(latitude)]
    }
}

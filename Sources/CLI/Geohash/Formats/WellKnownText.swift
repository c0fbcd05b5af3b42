import Geo

/// Well-known text (OGC Simple Features): longitude, then latitude.
enum WellKnownText {
    static func polygon(_ box: GeohashBox) -> String { "POLYGON (\(ring(box)))" }

    /// A collection, because the polygons of a MULTIPOLYGON must not share a border.
    static func collection(_ boxes: [GeohashBox]) -> String {
        boxes.isEmpty
            ? "GEOMETRYCOLLECTION EMPTY" : "GEOMETRYCOLLECTION (\(boxes.map(polygon).joined(separator: ", ")))"
    }

    private static func ring(_ box: GeohashBox) -> String {
        let corners = box.corners.map { "\($0.longitude.plainText) \($0.latitude.plainText)" }
        return "(\(corners.joined(separator: ", ")))"
    }
}

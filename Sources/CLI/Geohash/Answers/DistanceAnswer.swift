import Geo

/// How far and in which direction one place is from another. Cells are measured from their middles.
struct DistanceAnswer {
    /// Metres: on the sphere of the mean radius, or on the WGS84 ellipsoid.
    let metres: Double
    let isExact: Bool
    /// Where to start, in degrees clockwise from north; `nil` if all directions are as good.
    let bearing: Double?
    /// Metres between the nearest points of two cells, on the sphere; `nil` unless both are cells.
    let gap: Double?

    init(from start: Place, to end: Place, isExact: Bool) {
        let (a, b) = (start.position.coordinate, end.position.coordinate)
        metres =
            isExact
            ? a.exactDistance(to: b)
            : Earth.distance(
                latitude: start.position.latitude, longitude: start.position.longitude,
                toLatitude: end.position.latitude, longitude: end.position.longitude)
        bearing = isExact ? a.exactBearing(to: b) : a.initialBearing(to: b)
        self.isExact = isExact
        gap = if case (.cell(let one), .cell(let other)) = (start, end) { one.gap(to: other) } else { nil }
    }

    private var compass: String? { bearing.map { CompassPoint(bearing: $0).rawValue } }

    var text: String {
        var lines = ["distance  \(Self.text(metres))\(isExact ? ", on the WGS84 ellipsoid" : "")"]
        lines.append(
            "bearing   " + (bearing.map { "\(LengthText.fixed($0, places: 2))° \(compass!.uppercased())" } ?? "none"))
        if let gap { lines.append("gap       \(gap == 0 ? "0 m, the cells touch" : Self.text(gap))") }
        return lines.joined(separator: "\n") + "\n"
    }

    var json: JSONValue {
        [
            "distance_m": .number(metres), "exact": .bool(isExact), "bearing": .init(bearing),
            "compass": compass.map { .string($0) } ?? .null, "gap_m": .init(gap),
        ]
    }

    private static func text(_ metres: Double) -> String {
        let text = "\(LengthText.fixed(metres, places: 3)) m"
        return metres < 1_000 ? text : "\(text) (\(LengthText.length(metres)))"
    }
}

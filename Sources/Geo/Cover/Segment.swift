/// A straight piece of a polygon's border in the plane of longitude and latitude, within ±180 and ±90 degrees.
struct Segment: Hashable {
    /// How near to a cell a slanted piece is taken to meet it, in degrees: about a micrometre, which is some
    /// twenty times the rounding of the test. Pieces along a parallel or a meridian are compared exactly.
    static let toleranceDegrees = 1e-11

    /// The end with the smaller longitude.
    let west: Polygon.Position
    let east: Polygon.Position
    let bounds: PlaneBounds

    init(_ one: Polygon.Position, _ other: Polygon.Position) {
        (west, east) = one.longitude <= other.longitude ? (one, other) : (other, one)
        bounds = PlaneBounds(
            south: min(one.latitude, other.latitude), west: west.longitude,
            north: max(one.latitude, other.latitude), east: east.longitude)
    }

    private var width: Double { east.longitude - west.longitude }
    private var rise: Double { east.latitude - west.latitude }

    /// Whether a point of this piece is in the cell, which owns its south and west borders.
    func meets(_ box: GeohashBox) -> Bool {
        let isBelow = bounds.south < box.north || box.north == Coordinate.maximumLatitude
        let isBeside = bounds.west < box.east || box.east == Coordinate.maximumLongitude
        return isBelow && isBeside && box.south <= bounds.north && box.west <= bounds.east && passes(box)
    }

    /// Whether a point of this piece is between the borders of the cell.
    func crosses(_ box: GeohashBox) -> Bool {
        bounds.south < box.north && bounds.west < box.east && box.south < bounds.north
            && box.west < bounds.east && passes(box)
    }

    /// Whether the straight line through this piece comes near the box. The corners farthest to its left and
    /// right decide.
    private func passes(_ box: GeohashBox) -> Bool {
        guard width > 0, rise != 0 else { return true }
        let (left, right) = rise > 0 ? (box.west, box.east) : (box.east, box.west)
        let tolerance = Self.toleranceDegrees * (width * width + rise * rise).squareRoot()
        return side(longitude: left, latitude: box.north) >= -tolerance
            && side(longitude: right, latitude: box.south) <= tolerance
    }

    /// How far a point is to the left of the line, going east, times the length of the piece.
    private func side(longitude: Double, latitude: Double) -> Double {
        width * (latitude - west.latitude) - rise * (longitude - west.longitude)
    }

    /// Whether this piece crosses the meridian of a point to the south of it. Of its two ends the western one
    /// counts, so that a line of pieces crosses a meridian as often as it changes sides.
    func isCrossed(southOf point: Polygon.Position) -> Bool {
        west.longitude <= point.longitude && point.longitude < east.longitude
            && side(longitude: point.longitude, latitude: point.latitude) > 0
    }
}

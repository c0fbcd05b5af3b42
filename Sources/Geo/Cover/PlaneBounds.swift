/// The smallest upright rectangle around something in the plane of longitude and latitude.
struct PlaneBounds: Hashable {
    private(set) var south: Double
    private(set) var west: Double
    private(set) var north: Double
    private(set) var east: Double

    /// Bounds around nothing, which ``formUnion(_:)`` starts from.
    static let empty = PlaneBounds(
        south: .infinity, west: .infinity, north: -.infinity, east: -.infinity)

    static let earth = PlaneBounds(
        south: -Coordinate.maximumLatitude, west: -Coordinate.maximumLongitude,
        north: Coordinate.maximumLatitude, east: Coordinate.maximumLongitude)

    mutating func formUnion(_ other: PlaneBounds) {
        south = min(south, other.south)
        west = min(west, other.west)
        north = max(north, other.north)
        east = max(east, other.east)
    }

    /// Whether the rectangle and the box have a point in common, borders included.
    func touches(_ box: GeohashBox) -> Bool {
        south <= box.north && box.south <= north && west <= box.east && box.west <= east
    }

    /// Whether something in the rectangle can lie on the meridian of a point, to the south of it.
    func reachesMeridian(southOf point: Polygon.Position) -> Bool {
        west <= point.longitude && point.longitude <= east && south <= point.latitude
    }
}

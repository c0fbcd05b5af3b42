/// All points between two parallels and two meridians, the borders included.
///
/// A box whose west is greater than its east crosses the antimeridian. It may be a line or a point. Longitudes
/// 180 and -180 are one meridian; to what is on it belong cells on both sides. A box that reaches a pole holds
/// the pole under its own longitudes only. Comparisons are exact: there is no tolerance.
public struct BoundingBox: Region, Hashable {
    /// Latitude of the lower border in degrees, -90 or more.
    public let south: Double
    /// Longitude of the left border in degrees, within ±180.
    public let west: Double
    /// Latitude of the upper border in degrees, at most 90.
    public let north: Double
    /// Longitude of the right border in degrees, within ±180.
    public let east: Double

    /// - Returns: `nil` unless all are finite, the latitudes within ±90 and the south not above the north, and the
    ///   longitudes within ±180.
    public init?(south: Double, west: Double, north: Double, east: Double) {
        guard -Coordinate.maximumLatitude <= south, south <= north, north <= Coordinate.maximumLatitude,
            west.magnitude <= Coordinate.maximumLongitude, east.magnitude <= Coordinate.maximumLongitude
        else { return nil }
        self.south = south
        self.west = west
        self.north = north
        self.east = east
    }

    private var crossesAntimeridian: Bool { west > east }

    /// The area in square metres.
    public var squareMetres: Double {
        Earth.squareMetres(
            south: south, north: north, width: crossesAntimeridian ? east - west + 360 : east - west)
    }

    /// How a cell lies to this box. Exact.
    public func relation(to box: GeohashBox) -> RegionRelation {
        let hasLatitude = box.south <= north && (south < box.north || box.north == Coordinate.maximumLatitude)
        guard hasLatitude, hasLongitude(of: box) else { return .outside }
        let isBetweenParallels = south <= box.south && box.north <= north
        return isBetweenParallels && isBetweenMeridians(box) ? .inside : .partial
    }

    private func hasLongitude(of box: GeohashBox) -> Bool {
        let reachesEastward = west < box.east || box.east == Coordinate.maximumLongitude
        let reachesWestward = box.west <= east
        if crossesAntimeridian { return reachesEastward || reachesWestward }
        return reachesEastward && reachesWestward || touchesAcrossAntimeridian(box)
    }

    /// Whether this box ends at the antimeridian and the cell begins there on the other side.
    private func touchesAcrossAntimeridian(_ box: GeohashBox) -> Bool {
        west == -Coordinate.maximumLongitude && box.east == Coordinate.maximumLongitude
            || east == Coordinate.maximumLongitude && box.west == -Coordinate.maximumLongitude
    }

    private func isBetweenMeridians(_ box: GeohashBox) -> Bool {
        let (isEastOfWest, isWestOfEast) = (west <= box.west, box.east <= east)
        return crossesAntimeridian ? isEastOfWest || isWestOfEast : isEastOfWest && isWestOfEast
    }
}

/// The points within a ring and outside of the rings that are holes in it, as GeoJSON describes them (RFC 7946
/// §3.1.6). The borders, those of the holes too, belong to it.
///
/// - **Edges** are straight in the plane of longitude and latitude (RFC 7946 §3.1.1), not great circles.
/// - **Rings** may turn either way. What is inside is counted by even and odd, so rings that cross themselves
///   are taken as they are drawn.
/// - **The antimeridian:** RFC 7946 §3.1.9 wants polygons cut there, and cut ones are taken as they are. Many
///   files do not cut them. So an edge over more than 180° of longitude goes the short way, across the
///   antimeridian, and longitudes may run on beyond ±180, up to ±540. An edge of exactly 360°, from -180 to
///   180, goes along its parallel around the whole Earth where the ring needs it to close, as in a box of the
///   whole world and the Antarctica of most maps; in a ring that closes without, too, it is a step across the
///   antimeridian.
/// - **Poles:** a ring that goes once around the Earth holds the pole that gives it the smaller area (the north
///   pole if both do). A hole that goes around, too, is closed at the same pole. A ring that goes around
///   more than once is refused. Elsewhere a polygon that reaches a pole holds it under its own longitudes.
/// - **Precision:** a slanted edge that misses a cell by less than 1e-11° (a micrometre) is taken to meet it.
public struct Polygon: Region, Hashable {
    private let segments: [Segment]
    private let tree: BoundsTree
    private let isAroundSouthPole: Bool

    /// The rectangle around all of the area.
    let bounds: PlaneBounds

    /// The area in square metres, right for a polygon that is valid by RFC 7946: that of the outer ring without
    /// the holes. For an edge on which the latitude grows evenly with the longitude, the integral of sin φ dλ
    /// has a closed form, so this is exact.
    public let squareMetres: Double

    /// - Parameter rings: the outer ring first, then the holes. A ring has at least four positions, and its last
    ///   is the place of its first.
    /// - Throws: the first fault that there is.
    public init(rings: [[Position]]) throws(PolygonError) {
        guard !rings.isEmpty else { throw PolygonError(.noRing) }
        var paths: [RingPath] = []
        for (index, positions) in rings.enumerated() {
            paths.append(try RingPath(positions, number: index + 1))
        }
        let pole = paths.first { $0.goesAround }?.smallerPole
        let areas = paths.map { $0.squareMetres(around: pole) }
        squareMetres = areas.dropFirst().reduce(areas[0], -).magnitude
        isAroundSouthPole = pole == .south && paths.count { $0.goesAround } % 2 == 1
        segments = paths.flatMap(\.segments)
        tree = BoundsTree(segments.map(\.bounds))
        bounds = pole == nil ? tree.bounds : .earth
    }

    /// How a cell lies to this polygon. Takes time with the logarithm of the number of edges.
    ///
    /// If no edge comes between the borders of a cell, all of it is on one side, and its middle shows which.
    public func relation(to box: GeohashBox) -> RegionRelation {
        var (isCrossed, isMet) = (false, false)
        tree.visit(where: { $0.touches(box) }) { index in
            isCrossed = segments[index].crosses(box)
            isMet = isMet || segments[index].meets(box)
            return !isCrossed
        }
        if isCrossed { return .partial }
        let middle = Position(longitude: (box.west + box.east) / 2, latitude: (box.south + box.north) / 2)
        return holds(middle) ? .inside : isMet ? .partial : .outside
    }

    /// Whether a point far from all edges is inside: whether a way from the south pole to it crosses the border
    /// an odd number of times, or an even one if the pole is inside.
    private func holds(_ point: Position) -> Bool {
        var isInside = isAroundSouthPole
        tree.visit(where: { $0.reachesMeridian(southOf: point) }) { index in
            if segments[index].isCrossed(southOf: point) { isInside.toggle() }
            return true
        }
        return isInside
    }
}

extension Coordinate {
    /// The length of the shortest way to another position on the WGS84 ellipsoid, in metres.
    ///
    /// Right to 15 nm for every pair, near antipodes included, and symmetric to the last bit; 0 to
    /// 20 003 931.46, 0 at the same place, which at a pole is every longitude. ``distance(to:)`` takes the Earth as a
    /// sphere and differs by up to 0.56 %.
    ///
    /// Costs 0.3 µs for near places and 0.8 µs for others, about six times ``distance(to:)``; no allocation.
    ///
    /// The method is C. F. F. Karney's, "Algorithms for geodesics", Journal of Geodesy 87, 43 to 55 (2013),
    /// doi 10.1007/s00190-012-0578-z.
    public func exactDistance(to other: Coordinate) -> Double {
        Geodesic(GeodesicEnds(from: self, to: other, on: .wgs84)).metres
    }

    /// The direction in which the shortest way to another position on the WGS84 ellipsoid begins.
    ///
    /// At a pole it is measured as ``initialBearing(to:)`` does. Where two ways are equally short, which is between places
    /// at opposite latitudes that are nearly antipodal, it is that of the way by the nearer pole; from the equator,
    /// by the south pole. Costs as much as ``exactDistance(to:)`` and 0.1 µs.
    ///
    /// - Returns: degrees clockwise from north, 0..<360; `nil` at the same place and at the antipode.
    public func exactBearing(to other: Coordinate) -> Double? {
        guard !isSamePlace(as: other), !isAntipode(of: other) else { return nil }
        let ends = GeodesicEnds(from: self, to: other, on: .wgs84)
        return ends.initialBearing(Geodesic(ends))
    }
}

/// Cutting rings to a rectangle (I. E. Sutherland, G. W. Hodgman, "Reentrant polygon clipping", 1974): one border after
/// the other. What was outside becomes a line along the border.
struct RingClipping {
    let west: Double
    let east: Double
    let south: Double
    let north: Double

    func clipped(_ ring: [MapPoint]) -> [MapPoint] {
        var ring = ring
        ring = Self.cut(ring, \.longitude, at: west, isInside: >=)
        ring = Self.cut(ring, \.longitude, at: east, isInside: <=)
        ring = Self.cut(ring, \.latitude, at: south, isInside: >=)
        return Self.cut(ring, \.latitude, at: north, isInside: <=)
    }

    private static func cut(
        _ ring: [MapPoint], _ axis: KeyPath<MapPoint, Double>, at border: Double,
        isInside: (Double, Double) -> Bool
    ) -> [MapPoint] {
        guard var last = ring.last else { return [] }
        var result: [MapPoint] = []
        for point in ring {
            let (here, before) = (point[keyPath: axis], last[keyPath: axis])
            if isInside(here, border) != isInside(before, border) {
                result.append(last.toward(point, by: (border - before) / (here - before)))
            }
            if isInside(here, border) { result.append(point) }
            last = point
        }
        return result
    }
}

extension MapPoint {
    /// The point a part of the way to another.
    fileprivate func toward(_ end: MapPoint, by part: Double) -> MapPoint {
        MapPoint(
            longitude: longitude + (end.longitude - longitude) * part,
            latitude: latitude + (end.latitude - latitude) * part)
    }
}

/// When a cell and its neighbours are enough to find everyone within a radius.
///
/// A point can lie at the very border of its cell, so what is certain beyond it in every direction is one
/// whole cell. A disc of angular radius δ around latitude φ reaches δ to the north and to the south, and to
/// the east and west the longitudes ± asin(sin δ / cos φ), which it touches on its poleward side. So it needs
/// δ ≤ cell height and sin δ ≤ cos φ · sin(cell width). A disc that touches or holds a pole meets every
/// meridian, and three columns never go around the Earth: the second condition leaves such discs out.
///
/// The rule looks at the latitude and not at where in its cell a point is, so that someone who moves does not
/// change to and fro between precisions.
public enum NineCellRule {
    /// The largest radius, in metres, that nine cells of a precision cover around any point at a latitude,
    /// wherever in its cell the point is. 0 at the poles.
    ///
    /// - Parameters:
    ///   - precision: characters, 1 to 12 (precondition).
    ///   - latitude: degrees, within ±90 (precondition).
    public static func largestRadius(precision: Int, latitude: Double) -> Double {
        precondition(1...Geohash.maximumPrecision ~= precision, "a geohash has 1 to 12 characters")
        precondition(latitude.magnitude <= Coordinate.maximumLatitude, "a latitude is within ±90 degrees")
        let width = GeohashGrid.width(precision: precision)
        let sine = Trigonometry.cosine(degrees: latitude) * Trigonometry.sine(degrees: width)
        return Earth.metres(
            degrees: min(Trigonometry.arcSine(sine), GeohashGrid.height(precision: precision)))
    }

    /// The finest of some precisions at which nine cells cover a radius around a position.
    ///
    /// - Parameter candidates: precisions, each 1 to 12 (precondition), in any order.
    /// - Returns: `nil` if none does, as for any disc that reaches a pole.
    public static func finestPrecision(
        covering radius: Radius, at coordinate: Coordinate, among candidates: [Int]
    ) -> Int? {
        candidates.lazy.filter {
            radius.metres <= largestRadius(precision: $0, latitude: coordinate.latitude)
        }.max()
    }
}

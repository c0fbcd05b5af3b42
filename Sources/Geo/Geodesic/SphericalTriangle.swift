/// A great circle between two points: the triangle of them and the pole, of which two sides and the angle at the pole
/// are known. Well conditioned for near points and for near antipodes.
struct SphericalTriangle {
    /// cos β₁ sin β₂ - sin β₁ cos β₂ cos ω₁₂, and its like from the end.
    private let northward, northwardAtEnd: Double
    /// cos β₂ sin ω₁₂, and its like from the end.
    private let eastward, eastwardAtEnd: Double
    /// The cosine of the arc.
    private let cosine: Double

    /// Solves the triangle: equations (49), (50) and (51).
    ///
    /// - Parameter halfLongitude: ω₁₂ / 2, 0 to 90°.
    init(_ latitudes: LatitudePair, halfLongitude half: Phase) {
        let (start, end) = (latitudes.start, latitudes.end)
        let sineOfLongitude = 2 * half.sine * half.cosine
        eastward = end.cosine * sineOfLongitude
        eastwardAtEnd = start.cosine * sineOfLongitude
        // cos ω is 1 - 2 sin²(ω / 2) as well as 2 cos²(ω / 2) - 1: the smaller square loses no digits.
        if half.sine <= half.cosine {
            let square = 2 * half.sine * half.sine
            northward = latitudes.sineOfDifference + start.sine * end.cosine * square
            northwardAtEnd = latitudes.sineOfDifference - start.cosine * end.sine * square
        } else {
            let square = 2 * half.cosine * half.cosine
            northward = latitudes.sineOfSum - start.sine * end.cosine * square
            northwardAtEnd = start.cosine * end.sine * square - latitudes.sineOfSum
        }
        let cosineOfLongitude = (half.cosine - half.sine) * (half.cosine + half.sine)
        cosine = start.sine * end.sine + start.cosine * end.cosine * cosineOfLongitude
    }

    /// α₁.
    var startAzimuth: Phase { Phase(x: northward, y: eastward) }

    /// α₂.
    var endAzimuth: Phase { Phase(x: northwardAtEnd, y: eastwardAtEnd) }

    /// σ₁₂ in radians, 0 to π.
    var arc: Double {
        Trigonometry.radians(y: (northward * northward + eastward * eastward).squareRoot(), x: cosine)
    }
}

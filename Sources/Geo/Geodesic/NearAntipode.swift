/// Where the end lies as seen from the antipode of the start, in a plane with the size of the astroid that the
/// geodesics from the start envelop there as its unit: section 4, equations (52) to (57).
///
/// Near the antipode a sphere says nothing about the azimuth, but in the limit of small flattening this plane does.
struct NearAntipode {
    private let ends: GeodesicEnds
    /// The unit eastward, in radians of longitude.
    private let unit: Double
    /// East of the antipode, at most 0.
    private let x: Double
    /// North of the antipode, at most 0.
    private let y: Double

    /// How far from the antipode the plane guesses better than a sphere, in units.
    private static let reach = 3.0
    private static let precision = 1e-6
    private static let maximumSteps = 30

    /// - Returns: `nil` if the end is not near the antipode of the start.
    init?(_ ends: GeodesicEnds) {
        let (start, ellipsoid) = (ends.latitudes.start, ends.ellipsoid)
        // These geodesics leave about eastward, so that cos α₀ is about -sin β₁.
        let mean = GeodesicSeries.longitudeMean(
            ellipsoid.epsilon(cosineSquared: start.sine * start.sine), thirdFlattening: ellipsoid.thirdFlattening)
        unit = ellipsoid.flattening * mean * .pi * start.cosine
        x = -ends.missingRadians / unit
        y = ends.latitudes.sineOfSum / (unit * start.cosine)
        self.ends = ends
        guard x * x + y * y < Self.reach * Self.reach else { return nil }
    }

    /// A guess at α₁.
    ///
    /// Exactly at the latitude of the antipode and inside the astroid two ways are equally short: this is the southern
    /// one, by equation (57). Elsewhere the sine of (56) tells the longitude on the auxiliary sphere, and that a better
    /// azimuth.
    var startAzimuth: Phase {
        guard y < 0 || x < -1 else { return Phase(cosine: -(1 - x * x).squareRoot(), sine: -x) }
        let sine = -x / (1 + positiveRoot)
        return ends.triangle(longitude: ends.longitudeRadians + unit * sine).startAzimuth
    }

    /// The positive root μ of the quartic (55), which is (x / (1 + μ))² + (y / μ)² = 1.
    ///
    /// The left side falls and is convex, so Newton's method rises to the root from any smaller number.
    private var positiveRoot: Double {
        var root = max(-y, -x - 1)
        for _ in 0..<Self.maximumSteps {
            let (across, along) = (x / (1 + root), y / root)
            let excess = across * across + along * along - 1
            let step = excess / (2 * (across * across / (1 + root) + along * along / root))
            root += step
            if step <= Self.precision * root { break }
        }
        return root
    }
}

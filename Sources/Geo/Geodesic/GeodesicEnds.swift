/// The two ends of a geodesic in the one configuration that is solved, equation (44): the start is south and at least
/// as far from the equator as the end, which lies 0 to 180° to the east.
///
/// Every pair of positions is brought there by exchanging the ends and by mirror images at the equator and at a
/// meridian. Both directions of a pair become the same numbers: their distances are the same to the last bit.
struct GeodesicEnds {
    let ellipsoid: Ellipsoid
    /// β₁, -90° to 0, and β₂, within ±β₁.
    let latitudes: LatitudePair
    /// λ₁₂ in 1e-7 degrees, 0 to 180°.
    private let longitudeE7: Int
    /// λ₁₂.
    let longitude: Phase
    /// What was done to get here.
    private let isReversed, isMirrored, isWestward: Bool

    init(from origin: Coordinate, to target: Coordinate, on ellipsoid: Ellipsoid) {
        var (start, end) = (Int(origin.latitudeE7), Int(target.latitudeE7))
        isReversed = abs(end) > abs(start)
        if isReversed { swap(&start, &end) }
        isMirrored = start > 0
        if isMirrored { (start, end) = (-start, -end) }
        let eastward = origin.longitudeDifferenceE7(to: target)
        isWestward = eastward < 0
        longitudeE7 = abs(eastward)
        longitude = Phase(e7: longitudeE7)
        latitudes = LatitudePair(startE7: start, endE7: end, axisRatio: ellipsoid.axisRatio)
        self.ellipsoid = ellipsoid
    }

    /// λ₁₂ in radians, 0 to π.
    var longitudeRadians: Double { Double(longitudeE7) / 1e7 * Trigonometry.radiansPerDegree }

    /// π - λ₁₂ in radians.
    var missingRadians: Double {
        Double(2 * Trigonometry.rightAngleE7 - longitudeE7) / 1e7 * Trigonometry.radiansPerDegree
    }

    /// Whether the shortest way is part of a meridian: the ends share one, face each other across a pole, or one of
    /// them is a pole.
    var isMeridional: Bool { longitude.sine == 0 || latitudes.start.cosine == 0 }

    /// Whether the shortest way is part of the equator. Beyond (1 - f) · 180° it leaves the equator.
    var isEquatorial: Bool { latitudes.start.sine == 0 && longitudeRadians <= ellipsoid.axisRatio * .pi }

    /// The great circle between the ends if the longitude on the auxiliary sphere is ω₁₂, in radians; more than
    /// π is taken as π.
    func triangle(longitude: Double) -> SphericalTriangle {
        let half = min(longitude, .pi) / 2
        return SphericalTriangle(
            latitudes,
            halfLongitude: Phase(
                cosine: Trigonometry.cosine(radians: half), sine: Trigonometry.sine(radians: half)))
    }

    /// α₂ for an α₁: equation (45). The difference of the squares of the cosines is a product of sines.
    func endAzimuth(_ startAzimuth: Phase) -> Phase {
        let northward = startAzimuth.cosine * latitudes.start.cosine
        let gain = -latitudes.sineOfDifference * latitudes.sineOfSum
        return Phase(
            x: (northward * northward + gain).squareRoot(), y: startAzimuth.sine * latitudes.start.cosine)
    }

    /// The azimuth of a solution at the origin, in degrees 0..<360, with everything undone.
    func initialBearing(_ geodesic: Geodesic) -> Double {
        let azimuth = isReversed ? geodesic.endAzimuth : geodesic.startAzimuth
        // Reversed, it is also turned round; the sine is not, because east was told from the origin.
        return Phase(
            cosine: isMirrored != isReversed ? -azimuth.cosine : azimuth.cosine,
            sine: isWestward ? -azimuth.sine : azimuth.sine
        ).bearing
    }
}

/// The great circle between two ends on the sphere that fits the ellipsoid in their middle.
struct LocalSphere {
    private let ends: GeodesicEnds
    /// w̄, the radius in units of a.
    private let scale: Double
    let triangle: SphericalTriangle
    /// The arc of the great circle in radians.
    let arc: Double

    /// Equation (48).
    init(_ ends: GeodesicEnds) {
        let cosine = (ends.latitudes.start.cosine + ends.latitudes.end.cosine) / 2
        self.ends = ends
        scale = (1 - ends.ellipsoid.eccentricitySquared * cosine * cosine).squareRoot()
        triangle = ends.triangle(longitude: ends.longitudeRadians / scale)
        arc = triangle.arc
    }

    /// The length of the great circle.
    var metres: Double { ends.ellipsoid.equatorialRadius * scale * arc }

    /// A guess at α₁ of a long way: from the longitude that this great circle has on the auxiliary sphere, equation
    /// (8), in which I₃ is about σ.
    var startAzimuthOfLongWay: Phase {
        let nodeSine = triangle.startAzimuth.sine * ends.latitudes.start.cosine
        return ends.triangle(longitude: ends.longitudeRadians + ends.ellipsoid.flattening * nodeSine * arc)
            .startAzimuth
    }
}

/// The geodesic that leaves the start at some azimuth, up to the latitude of the end. It is the way to the end if its
/// longitude there is right.
///
/// On the auxiliary sphere it is a great circle, with the azimuth α, the arc σ and the longitude ω; these two are
/// counted from where it crosses the equator northward.
struct GeodesicPath {
    private let ends: GeodesicEnds
    /// α₁ and α₂.
    let startAzimuth, endAzimuth: Phase
    /// sin α₀, the sine of the azimuth at the equator.
    let nodeSine: Double
    /// ε.
    private let epsilon: Double
    /// σ₁ and σ₂.
    private let startArc, endArc: Phase
    /// σ₁₂ in radians, 0 to π.
    private let arc: Double
    /// I₁, from the start to the end.
    private let length: Double

    init(_ ends: GeodesicEnds, startAzimuth: Phase) {
        let (start, end) = (ends.latitudes.start, ends.latitudes.end)
        let endAzimuth = ends.endAzimuth(startAzimuth)
        // Equations (5) and (10).
        nodeSine = startAzimuth.sine * start.cosine
        let across = startAzimuth.sine * start.sine
        epsilon = ends.ellipsoid.epsilon(cosineSquared: startAzimuth.cosine * startAzimuth.cosine + across * across)
        // Equation (11).
        startArc = Phase(x: startAzimuth.cosine * start.cosine, y: start.sine)
        endArc = Phase(x: endAzimuth.cosine * end.cosine, y: end.sine)
        arc = Trigonometry.radians(y: max(endArc.sine(from: startArc), 0), x: endArc.cosine(from: startArc))
        length = GeodesicSeries.length(epsilon).integral(from: startArc, to: endArc, arc: arc)
        self.ends = ends
        self.startAzimuth = startAzimuth
        self.endAzimuth = endAzimuth
    }

    /// s₁₂: equation (7).
    var metres: Double { ends.ellipsoid.polarRadius * length }

    /// By how many radians the path ends too far to the east: equation (8) less λ₁₂, within ±π.
    var longitudeExcess: Double {
        // Equation (12).
        let startLongitude = Phase(x: startArc.cosine, y: nodeSine * startArc.sine)
        let endLongitude = Phase(x: endArc.cosine, y: nodeSine * endArc.sine)
        let onSphere = Phase(
            cosine: endLongitude.cosine(from: startLongitude), sine: endLongitude.sine(from: startLongitude))
        let series = GeodesicSeries.longitude(epsilon, thirdFlattening: ends.ellipsoid.thirdFlattening)
        return Trigonometry.radians(
            y: onSphere.sine(from: ends.longitude), x: onSphere.cosine(from: ends.longitude))
            - ends.ellipsoid.flattening * nodeSine * series.integral(from: startArc, to: endArc, arc: arc)
    }

    /// dλ₁₂/dα₁: equation (46). Infinite or no number if the path ends due east.
    var longitudeSlope: Double {
        reducedLength * ends.ellipsoid.axisRatio / (endAzimuth.cosine * ends.latitudes.end.cosine)
    }

    /// m₁₂ / b: equations (38) and (40).
    private var reducedLength: Double {
        let inverseLength = GeodesicSeries.inverseLength(epsilon).integral(from: startArc, to: endArc, arc: arc)
        return stretch(ends.latitudes.end) * startArc.cosine * endArc.sine
            - stretch(ends.latitudes.start) * startArc.sine * endArc.cosine
            - startArc.cosine * endArc.cosine * (length - inverseLength)
    }

    /// √(1 + k² sin² σ), which is √(1 + e'² sin² β).
    private func stretch(_ latitude: Phase) -> Double {
        (1 + ends.ellipsoid.secondEccentricitySquared * latitude.sine * latitude.sine).squareRoot()
    }
}

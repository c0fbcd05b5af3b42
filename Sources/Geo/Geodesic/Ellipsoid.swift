/// An ellipsoid of revolution, flattened at the poles, and the numbers that the formulas of geodesics take from it.
struct Ellipsoid {
    /// a, in metres.
    let equatorialRadius: Double
    /// f = (a - b) / a, equation (1). More than 0, and as small as the Earth's: the formulas are expanded in it.
    let flattening: Double

    /// The ellipsoid of GPS and of most maps.
    static let wgs84 = Ellipsoid(equatorialRadius: 6_378_137, flattening: 1 / 298.257223563)

    /// b / a.
    var axisRatio: Double { 1 - flattening }

    /// b, in metres.
    var polarRadius: Double { equatorialRadius * axisRatio }

    /// n = (a - b) / (a + b), equation (2).
    var thirdFlattening: Double { flattening / (2 - flattening) }

    /// e², equation (3).
    var eccentricitySquared: Double { flattening * (2 - flattening) }

    /// e'² = e² / (1 - e²), equation (4).
    var secondEccentricitySquared: Double { eccentricitySquared / (axisRatio * axisRatio) }

    /// The parameter ε of the series, for a geodesic that crosses the equator at an azimuth whose cosine has this
    /// square: equations (9) and (16).
    func epsilon(cosineSquared: Double) -> Double {
        let kSquared = secondEccentricitySquared * cosineSquared
        let root = 1 + (1 + kSquared).squareRoot()
        return kSquared / (root * root)
    }
}

/// The shortest way between two positions on an ellipsoid: the inverse geodesic problem, solved for every pair.
///
/// After C. F. F. Karney, "Algorithms for geodesics", Journal of Geodesy 87, 43 to 55 (2013),
/// doi 10.1007/s00190-012-0578-z; equations are numbered here and in the other files as they are there.
struct Geodesic {
    /// s₁₂.
    let metres: Double
    /// α₁ and α₂, in the configuration of the ends.
    let startAzimuth, endAzimuth: Phase

    /// The arc in radians, about 6 metres, up to which a sphere will do: it is wrong by about the square of this.
    private static let shortArc = 1e-6
}

extension Geodesic {
    init(_ ends: GeodesicEnds) {
        let sphere = LocalSphere(ends)
        if ends.isEquatorial {
            self.init(
                metres: ends.ellipsoid.equatorialRadius * ends.longitudeRadians,
                startAzimuth: .east, endAzimuth: .east)
        } else if ends.isMeridional {
            let path = GeodesicPath(ends, startAzimuth: ends.longitude)
            self.init(
                metres: sphere.arc < Self.shortArc ? sphere.metres : path.metres,
                startAzimuth: path.startAzimuth, endAzimuth: path.endAzimuth)
        } else if sphere.arc < Self.shortArc {
            self.init(
                metres: sphere.metres,
                startAzimuth: sphere.triangle.startAzimuth, endAzimuth: sphere.triangle.endAzimuth)
        } else {
            var search = AzimuthSearch(ends)
            self = search.geodesic(guess: NearAntipode(ends)?.startAzimuth ?? sphere.startAzimuthOfLongWay)
        }
    }
}

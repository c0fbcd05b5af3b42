/// A point of the sphere from which cells are seen at their nearest and farthest.
///
/// Distances are haversines, sin² of half the angle, which grow with the angle and spare the arc sine. They
/// are precise up to a quarter of the way around; what lies beyond is better seen from the antipode.
struct Viewpoint: Hashable {
    let latitude: Double
    let longitude: Double
    private let sine: Double
    private let cosine: Double

    init(latitude: Double, longitude: Double) {
        self.latitude = latitude
        self.longitude = longitude
        sine = Trigonometry.sine(degrees: latitude)
        cosine = Trigonometry.cosine(degrees: latitude)
    }

    /// The longitude on the other side of the Earth.
    private var oppositeLongitude: Double { longitude > 0 ? longitude - 180 : longitude + 180 }

    var antipode: Viewpoint { Viewpoint(latitude: -latitude, longitude: oppositeLongitude) }

    /// The haversine of the distance to the nearest point of a box: see `GeohashBox.gap(to:)`.
    func nearest(of box: GeohashBox) -> Double {
        let difference =
            box.west <= longitude && longitude <= box.east
            ? 0 : min(Self.turn(longitude - box.west), Self.turn(longitude - box.east))
        guard difference < 90 else {
            return min(
                haversine(latitude: box.south, difference: difference),
                haversine(latitude: box.north, difference: difference))
        }
        let foot = Trigonometry.arcTangent(y: sine, x: cosine * Trigonometry.cosine(degrees: difference))
        let nearest = difference == 0 ? latitude : foot
        return haversine(latitude: min(max(nearest, box.south), box.north), difference: difference)
    }

    /// The haversine of the distance to the farthest point of a box.
    ///
    /// At a given latitude that is the point with the greatest difference of longitudes. Along its meridian
    /// distances grow towards the foot of the perpendicular from the antipode, which lies between the poles
    /// only if the meridian is more than a quarter away.
    func farthest(of box: GeohashBox) -> Double {
        let difference =
            box.west <= oppositeLongitude && oppositeLongitude <= box.east
            ? 180 : max(Self.turn(longitude - box.west), Self.turn(longitude - box.east))
        guard difference > 90 else {
            return max(
                haversine(latitude: box.south, difference: difference),
                haversine(latitude: box.north, difference: difference))
        }
        let foot = Trigonometry.arcTangent(y: -sine, x: -cosine * Trigonometry.cosine(degrees: difference))
        return haversine(latitude: min(max(foot, box.south), box.north), difference: difference)
    }

    private func haversine(latitude other: Double, difference: Double) -> Double {
        let alongMeridian = Trigonometry.sine(degrees: (other - latitude) / 2)
        let alongParallel = Trigonometry.sine(degrees: difference / 2)
        return alongMeridian * alongMeridian
            + cosine * Trigonometry.cosine(degrees: other) * alongParallel * alongParallel
    }

    /// Degrees from one meridian to another the shorter way around, 0 to 180.
    private static func turn(_ difference: Double) -> Double {
        min(difference.magnitude, 360 - difference.magnitude)
    }
}

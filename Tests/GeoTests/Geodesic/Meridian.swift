import Foundation

/// The meridian of the WGS84 ellipsoid by the numeric integral of its radius of curvature.
enum Meridian {
    private static let equatorialRadius = 6_378_137.0
    private static let eccentricitySquared: Double = {
        let flattening = 1 / 298.257223563
        return flattening * (2 - flattening)
    }()

    /// Simpson's rule; latitudes in degrees, metres northward. What is summed up is the difference to the equatorial
    /// radius, which rounding blurs less.
    static func metres(from start: Double, to end: Double) -> Double {
        let count = 2_000
        let step = (end - start) / Double(count)
        let sum = (0...count).reduce(0.0) { sum, index in
            let weight = index == 0 || index == count ? 1.0 : index.isMultiple(of: 2) ? 2 : 4
            return sum + weight * (radius(at: start + Double(index) * step) - equatorialRadius)
        }
        return sum * Sphere.radians(step) / 3 + equatorialRadius * Sphere.radians(end - start)
    }

    /// The radius of curvature along the meridian.
    static func radius(at latitude: Double) -> Double {
        let sine = sin(Sphere.radians(latitude))
        return equatorialRadius * (1 - eccentricitySquared) / pow(1 - eccentricitySquared * sine * sine, 1.5)
    }
}

import Geo
import Strangers

/// A position in degrees; traps on a wrong one, which only a test can write.
func at(_ latitude: Double, _ longitude: Double) -> Coordinate {
    Coordinate(latitude: latitude, longitude: longitude)!
}

extension Coordinate {
    /// The position so many metres to the north and east, on the same sphere, good enough for tests.
    func moved(north: Double = 0, east: Double = 0) -> Coordinate {
        let perDegree = Earth.meanRadius * Double.pi / 180
        var latitude = latitude + north / perDegree
        latitude = min(max(latitude, -90), 90)
        var longitude = longitude + east / (perDegree * max(Self.cosine(latitude), 1e-3))
        while longitude > 180 { longitude -= 360 }
        while longitude < -180 { longitude += 360 }
        return at(latitude, longitude)
    }

    private static func cosine(_ degrees: Double) -> Double {
        let z = at(degrees, 0).unitVector.z
        return (1 - z * z).squareRoot()
    }
}

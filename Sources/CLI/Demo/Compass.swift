import Foundation
import Geo

/// Directions, in degrees clockwise from north.
enum Compass {
    private static let points = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"]

    /// The bearing at which a great circle to `end` leaves `start`, 0 to 360.
    static func bearing(from start: Coordinate, to end: Coordinate) -> Double {
        let (a, b) = (radians(start.latitude), radians(end.latitude))
        let difference = radians(end.longitude - start.longitude)
        let y = sin(difference) * cos(b)
        let x = cos(a) * sin(b) - sin(a) * cos(b) * cos(difference)
        let degrees = atan2(y, x) * 180 / .pi
        return degrees < 0 ? degrees + 360 : degrees
    }

    /// The smaller angle between two bearings, 0 to 180.
    static func angle(_ one: Double, _ other: Double) -> Double {
        let difference = abs(one - other).truncatingRemainder(dividingBy: 360)
        return min(difference, 360 - difference)
    }

    /// The nearest of the eight points of the compass.
    static func point(_ bearing: Double) -> String {
        points[Int((bearing / 45).rounded()) % points.count]
    }

    private static func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }
}

import Foundation
import Geo

/// Spherical trigonometry of its own, in radians from textbooks, to judge the library by.
enum Sphere {
    /// The angle between two positions by Vincenty's formula for the sphere, well-conditioned everywhere.
    static func angle(_ one: Coordinate, _ other: Coordinate) -> Double {
        angle(
            latitudes: (radians(one.latitude), radians(other.latitude)),
            longitudeDifference: radians(other.longitude - one.longitude))
    }

    static func angle(latitudes: (Double, Double), longitudeDifference: Double) -> Double {
        let (first, second) = latitudes
        let across = cos(second) * sin(longitudeDifference)
        let along = cos(first) * sin(second) - sin(first) * cos(second) * cos(longitudeDifference)
        let inner = sin(first) * sin(second) + cos(first) * cos(second) * cos(longitudeDifference)
        return atan2((across * across + along * along).squareRoot(), inner)
    }

    /// The position at an angle and a bearing (clockwise from the north) from another one, in radians.
    static func destination(from origin: Coordinate, angle: Double, bearing: Double) -> Coordinate {
        let latitude = radians(origin.latitude)
        let sine = sin(latitude) * cos(angle) + cos(latitude) * sin(angle) * cos(bearing)
        let turn = atan2(
            sin(bearing) * sin(angle) * cos(latitude), cos(angle) - sin(latitude) * sine)
        return coordinate(latitude: asin(min(max(sine, -1), 1)), longitude: radians(origin.longitude) + turn)
    }

    /// A position in radians; the longitude may be off by whole turns.
    static func coordinate(latitude: Double, longitude: Double) -> Coordinate {
        let turned = remainder(longitude, 2 * .pi) * 180 / .pi
        return Coordinate(
            latitude: min(max(latitude * 180 / .pi, -90), 90), longitude: min(max(turned, -180), 180))!
    }

    static func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }
}

func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

import Foundation
import Geo

/// Random regions of all sizes, with the difficult ones as likely as the ordinary.
extension SeededRandom {
    mutating func disc(from least: Double = 1, to greatest: Double = Disc.maximumMetres) -> Disc {
        let origin = coordinate()
        let toPole = (90 - origin.latitude.magnitude) * .pi / 180 * Earth.meanRadius
        let special = [0, 0.02, Disc.maximumMetres / 2, Disc.maximumMetres - 1_000, Disc.maximumMetres, toPole]
        let isSpecial = Int.random(in: 0..<8, using: &self) == 0
        let metres = isSpecial ? special.randomElement(using: &self)! : magnitude(from: least, to: greatest)
        return Disc(center: origin, metres: metres)!
    }

    mutating func boundingBox() -> BoundingBox {
        let (south, west) = (latitude(), longitude())
        let height = Int.random(in: 0..<6, using: &self) == 0 ? 0 : magnitude(from: 1e-6, to: 180)
        let width = Int.random(in: 0..<6, using: &self) == 0 ? 0 : magnitude(from: 1e-6, to: 359)
        let east = west + width
        return BoundingBox(
            south: south, west: west, north: min(south + height, 90), east: east > 180 ? east - 360 : east)!
    }

    /// A place in a disc, as often at its very rim as inside; `nil` if it came out beyond the rim by rounding.
    mutating func place(in disc: Disc) -> Coordinate? {
        let angle = disc.metres / Earth.meanRadius
        let share =
            Bool.random(using: &self)
            ? [0.999_999, 0.999_999_999].randomElement(using: &self)!
            : Double.random(in: 0...1, using: &self).squareRoot()
        let place = Sphere.destination(
            from: disc.center, angle: angle * share,
            bearing: Double.random(in: 0..<(2 * .pi), using: &self))
        return Sphere.angle(disc.center, place) <= angle ? place : nil
    }

    /// A place in a box, often in a corner or on a border.
    mutating func place(in box: BoundingBox) -> (latitude: Double, longitude: Double) {
        let width = box.west > box.east ? box.east - box.west + 360 : box.east - box.west
        let latitude = min(box.south + share() * (box.north - box.south), box.north)
        let longitude = box.west + share() * width
        // The sums are rounded, so they can end up beyond the east.
        guard box.west > box.east else { return (latitude, min(longitude, box.east)) }
        return (latitude, longitude > 180 ? min(longitude - 360, box.east) : longitude)
    }

    private mutating func share() -> Double {
        switch Int.random(in: 0..<6, using: &self) {
        case 0: 0
        case 1: 1
        default: Double.random(in: 0...1, using: &self)
        }
    }
}

import Foundation
import Geo

/// The distance of two boxes by trying points all along their borders, then ever finer around the best.
enum BorderSampling {
    private static let coarse = 48
    private static let refinements = 24

    static func leastDistance(_ one: GeohashBox, _ other: GeohashBox) -> Double {
        var best = (distance: Double.infinity, along: 0.0, otherAlong: 0.0)
        func attempt(_ along: Double, _ otherAlong: Double) {
            let (first, second) = (point(on: one, along), point(on: other, otherAlong))
            let angle = Sphere.angle(
                latitudes: (first.latitude, second.latitude),
                longitudeDifference: second.longitude - first.longitude)
            let distance = angle * Earth.meanRadius
            if distance < best.distance { best = (distance, along, otherAlong) }
        }
        for index in 0..<coarse {
            for otherIndex in 0..<coarse {
                attempt(Double(index) * 4 / Double(coarse), Double(otherIndex) * 4 / Double(coarse))
            }
        }
        var step = 2 / Double(coarse)
        for _ in 0..<refinements {
            let (along, otherAlong) = (best.along, best.otherAlong)
            for offset in -2...2 {
                for otherOffset in -2...2 {
                    attempt(along + Double(offset) * step, otherAlong + Double(otherOffset) * step)
                }
            }
            step /= 2
        }
        return best.distance
    }

    /// A point of the border in radians: the sides south, east, north and west are one unit each.
    private static func point(
        on box: GeohashBox, _ along: Double
    ) -> (latitude: Double, longitude: Double) {
        let turn = along - 4 * floor(along / 4)
        let share = turn - floor(turn)
        let (latitude, longitude) =
            switch Int(turn) {
            case 0: (box.south, box.west + share * (box.east - box.west))
            case 1: (box.south + share * (box.north - box.south), box.east)
            case 2: (box.north, box.east - share * (box.east - box.west))
            default: (box.north - share * (box.north - box.south), box.west)
            }
        return (Sphere.radians(latitude), Sphere.radians(longitude))
    }
}

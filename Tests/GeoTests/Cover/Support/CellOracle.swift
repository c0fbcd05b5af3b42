import Foundation

@testable import Geo

/// What cells and points have to do with each other, by trying, and not by the formulas of the library.
enum CellOracle {
    private static let samples = 16
    private static let refinements = 40

    /// The least distance in metres from a place to a cell: along the border, then ever finer around the best.
    static func leastDistance(from origin: Coordinate, to box: GeohashBox) -> Double {
        if contains(box, origin) { return 0 }
        let sides: [(Double) -> (Double, Double)] = [
            { (box.south, box.west + $0 * (box.east - box.west)) },
            { (box.north, box.west + $0 * (box.east - box.west)) },
            { (box.south + $0 * (box.north - box.south), box.west) },
            { (box.south + $0 * (box.north - box.south), box.east) },
        ]
        return sides.map { side in
            least {
                let (latitude, longitude) = side($0)
                return Sphere.angle(
                    latitudes: (Sphere.radians(origin.latitude), Sphere.radians(latitude)),
                    longitudeDifference: Sphere.radians(longitude - origin.longitude))
            }
        }.min()! * Earth.meanRadius
    }

    private static func contains(_ box: GeohashBox, _ place: Coordinate) -> Bool {
        box.south <= place.latitude && place.latitude <= box.north
            && [-360, 0, 360].contains { turn in
                box.west <= place.longitude + turn && place.longitude + turn <= box.east
            }
    }

    private static func least(_ function: (Double) -> Double) -> Double {
        let values = (0...samples).map { function(Double($0) / Double(samples)) }
        let best = values.indices.min { values[$0] < values[$1] }!
        var low = Double(max(best - 1, 0)) / Double(samples)
        var high = Double(min(best + 1, samples)) / Double(samples)
        for _ in 0..<refinements {
            let thirds = (low + (high - low) / 3, high - (high - low) / 3)
            if function(thirds.0) < function(thirds.1) { high = thirds.1 } else { low = thirds.0 }
        }
        return min(values[best], function((low + high) / 2))
    }

    /// All cells of a precision.
    static func cells(precision: Int) -> [Geohash] {
        precision == 0
            ? []
            : (0..<UInt64(1) << UInt64(5 * precision)).map {
                Geohash(rawValue: $0 << UInt64(64 - 5 * precision) | UInt64(precision))!
            }
    }
}

import Foundation
import Geo

/// The distance of two boxes by trying points all along their borders, then ever finer around the best.
enum BorderSampling {
    private static let samples = 8
    private static let refinements = 36

    static func leastDistance(_ one: GeohashBox, _ other: GeohashBox) -> Double {
        least { along in
            let (latitude, longitude) = point(on: one, along)
            return least { otherAlong in
                let otherPoint = point(on: other, otherAlong)
                return Sphere.angle(
                    latitudes: (latitude, otherPoint.latitude),
                    longitudeDifference: otherPoint.longitude - longitude)
            }
        } * Earth.meanRadius
    }

    /// The least value of a function along a border, side by side.
    private static func least(_ function: (Double) -> Double) -> Double {
        (0..<4).map { side in
            let values = (0...samples).map { function(place($0, on: side)) }
            let best = values.indices.min { values[$0] < values[$1] }!
            let bracket = (place(max(best - 1, 0), on: side), place(min(best + 1, samples), on: side))
            return min(values[best], goldenSection(function, from: bracket.0, to: bracket.1))
        }.min()!
    }

    private static func place(_ sample: Int, on side: Int) -> Double {
        Double(side) + Double(sample) / Double(samples)
    }

    private static func goldenSection(_ function: (Double) -> Double, from: Double, to: Double) -> Double {
        let ratio = (5.0.squareRoot() - 1) / 2
        var (low, high) = (from, to)
        var inner = (high - ratio * (high - low), low + ratio * (high - low))
        var values = (function(inner.0), function(inner.1))
        for _ in 0..<refinements {
            if values.0 < values.1 {
                high = inner.1
                inner = (high - ratio * (high - low), inner.0)
                values = (function(inner.0), values.0)
            } else {
                low = inner.0
                inner = (inner.1, low + ratio * (high - low))
                values = (values.1, function(inner.1))
            }
        }
        return min(values.0, values.1)
    }

    /// A point of the border in radians: the sides south, east, north and west are one unit each.
    private static func point(
        on box: GeohashBox, _ along: Double
    ) -> (latitude: Double, longitude: Double) {
        let side = min(Int(along), 3)
        let share = along - Double(side)
        let (latitude, longitude) =
            switch side {
            case 0: (box.south, box.west + share * (box.east - box.west))
            case 1: (box.south + share * (box.north - box.south), box.east)
            case 2: (box.north, box.east - share * (box.east - box.west))
            default: (box.north - share * (box.north - box.south), box.west)
            }
        return (Sphere.radians(latitude), Sphere.radians(longitude))
    }
}

import Foundation
import Geo

/// A ring around a middle, as a random star in the plane: there may be a hole of the same shape in it. Its
/// longitudes run on beyond the antimeridian, so that being inside is a matter of plane geometry.
struct StarShape {
    let outer: [(x: Double, y: Double)]
    let hole: [(x: Double, y: Double)]

    init(_ random: inout SeededRandom) {
        let middle = (x: random.longitude(), y: Double.random(in: -80...80, using: &random))
        let size = random.magnitude(from: 1e-5, to: min(60, 89 - middle.y.magnitude))
        let count = Int.random(in: 3...40, using: &random)
        let turn = Double.random(in: 0...1, using: &random)
        var radii: [Double] = []
        for _ in 0..<count { radii.append(size * Double.random(in: 0.2...1, using: &random)) }
        func ring(_ scale: Double) -> [(x: Double, y: Double)] {
            radii.enumerated().map { index, radius in
                let angle = (Double(index) + turn) / Double(count) * 2 * .pi
                return (middle.x + scale * radius * cos(angle), middle.y + scale * radius * sin(angle))
            }
        }
        let scale = Double.random(in: 0.1...0.8, using: &random)
        outer = ring(1)
        hole = Bool.random(using: &random) ? ring(scale) : []
    }

    /// The polygon, its longitudes within ±180 or running on, turned either way.
    func polygon(isWrapped: Bool, isReversed: Bool) throws -> Polygon {
        try Polygon(
            rings: [outer, hole].filter { !$0.isEmpty }.map { ring in
                let positions = (ring + [ring[0]]).map { point in
                    Polygon.Position(
                        longitude: isWrapped ? Self.wrapped(point.x) : point.x, latitude: point.y)
                }
                return isReversed ? positions.reversed() : positions
            })
    }

    static func wrapped(_ longitude: Double) -> Double {
        longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude
    }

    /// Whether the point, under any of its longitudes, is inside, by winding numbers.
    func contains(longitude: Double, latitude: Double) -> Bool {
        [-360, 0, 360].contains { turn in
            Self.winding(outer, (longitude + turn, latitude)) != 0
                && Self.winding(hole, (longitude + turn, latitude)) == 0
        }
    }

    /// Winding number by the angles at which the corners are seen.
    private static func winding(_ ring: [(x: Double, y: Double)], _ point: (x: Double, y: Double)) -> Int {
        guard let last = ring.last else { return 0 }
        var sum = 0.0
        var previous = last
        for corner in ring {
            let one = (previous.x - point.x, previous.y - point.y)
            let other = (corner.x - point.x, corner.y - point.y)
            sum += atan2(one.0 * other.1 - one.1 * other.0, one.0 * other.0 + one.1 * other.1)
            previous = corner
        }
        return Int((sum / (2 * .pi)).rounded())
    }

    /// A point of an edge.
    func borderPoint(_ random: inout SeededRandom) -> (longitude: Double, latitude: Double) {
        let ring = hole.isEmpty || Bool.random(using: &random) ? outer : hole
        let index = Int.random(in: 0..<ring.count, using: &random)
        let (one, other) = (ring[index], ring[(index + 1) % ring.count])
        let share = Bool.random(using: &random) ? 0 : Double.random(in: 0...1, using: &random)
        return (
            Self.wrapped(one.x + share * (other.x - one.x)), one.y + share * (other.y - one.y)
        )
    }

    func place(_ random: inout SeededRandom) -> (longitude: Double, latitude: Double) {
        let (xs, ys) = (outer.map(\.x), outer.map(\.y))
        return (
            Self.wrapped(Double.random(in: xs.min()!...xs.max()!, using: &random)),
            Double.random(in: ys.min()!...ys.max()!, using: &random)
        )
    }

    /// Whether an edge passes a cell, widened a little.
    func hasEdge(in box: GeohashBox) -> Bool {
        [outer, hole].contains { ring in
            zip(ring, ring.dropFirst() + ring.prefix(1)).contains { one, other in
                [-360.0, 0, 360].contains { turn in
                    Self.passes((one.x + turn, one.y), (other.x + turn, other.y), box)
                }
            }
        }
    }

    /// Clips a line by a box (Liang and Barsky).
    private static func passes(
        _ one: (x: Double, y: Double), _ other: (x: Double, y: Double), _ box: GeohashBox
    ) -> Bool {
        let margin = 1e-9
        let limits: [(slope: Double, room: Double)] = [
            (one.x - other.x, one.x - box.west + margin), (other.x - one.x, box.east - one.x + margin),
            (one.y - other.y, one.y - box.south + margin), (other.y - one.y, box.north - one.y + margin),
        ]
        var (low, high) = (0.0, 1.0)
        for (slope, room) in limits {
            if slope == 0, room < 0 { return false }
            if slope < 0 { low = max(low, room / slope) }
            if slope > 0 { high = min(high, room / slope) }
        }
        return low <= high
    }
}

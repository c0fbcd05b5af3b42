import Geo
import Testing

@Suite struct ExactDistanceTests {
    /// Half a meridian ellipse: no two places are farther apart.
    private let greatest = 20_003_931.458_625_447
    /// What rounding may add up to in a few distances, in metres.
    private let rounding = 3e-8

    @Test(arguments: GeodesicOracle.ways.indices)
    func `agrees with GeographicLib`(row: Int) throws {
        let way = GeodesicOracle.ways[row]
        let (origin, target) = try way.positions()
        #expect((origin.exactDistance(to: target) - way.metres).magnitude < 1e-6)
        #expect((target.exactDistance(to: origin) - way.metres).magnitude < 1e-6)
    }

    @Test func `is within rounding of GeographicLib`() throws {
        for way in GeodesicOracle.ways {
            let (origin, target) = try way.positions()
            #expect((origin.exactDistance(to: target) - way.metres).magnitude < rounding)
        }
    }

    @Test func `the same place has distance zero`() throws {
        let same = [
            ((90.0, 12.0), (90.0, -133.7)), ((-90, 180), (-90, 0)), ((52.1, 180), (52.1, -180)), ((0, 0), (0, 0)),
            ((-89.9999999, -180), (-89.9999999, 180)),
        ]
        for ((latitude, longitude), (otherLatitude, otherLongitude)) in same {
            let one = try #require(Coordinate(latitude: latitude, longitude: longitude))
            let other = try #require(Coordinate(latitude: otherLatitude, longitude: otherLongitude))
            #expect(one.exactDistance(to: other) == 0)
        }
    }

    @Test func `both ways are the same, near the sphere's and never longer than half a meridian`() {
        var random = SeededRandom(seed: 41)
        for _ in 0..<100_000 {
            let (one, other) = (random.coordinate(), random.coordinate())
            let distance = one.exactDistance(to: other)
            let onSphere = one.distance(to: other)
            // A number that is none fails all comparisons.
            let holds =
                distance == other.exactDistance(to: one) && distance <= greatest + rounding
                && (distance - onSphere).magnitude <= 0.0057 * onSphere
            if !holds { Issue.record("\(one.latitudeE7) \(one.longitudeE7) \(other.latitudeE7) \(other.longitudeE7)") }
        }
    }

    @Test func `no detour is shorter`() {
        var random = SeededRandom(seed: 42)
        for _ in 0..<10_000 {
            let (one, between, other) = (random.coordinate(), random.coordinate(), random.coordinate())
            let detour = one.exactDistance(to: between) + between.exactDistance(to: other)
            #expect(one.exactDistance(to: other) <= detour + rounding)
        }
    }

    @Test func `near the antipode a step changes the distance by no more than the step`() {
        var random = SeededRandom(seed: 43)
        for _ in 0..<10_000 {
            let one = random.coordinate()
            let target = random.coordinate(near: one.antipode)
            let next = random.coordinate(near: target)
            let change = (one.exactDistance(to: target) - one.exactDistance(to: next)).magnitude
            #expect(change <= target.exactDistance(to: next) + rounding)
        }
    }

    /// One step of 1e-7° is about a centimetre: 2,000 of them pass the limit between the formulas for near and far.
    @Test(arguments: [-899_999_000, -523_456_789, -1, 0, 412_345_678] as [Int32])
    func `grows evenly step by step`(latitudeE7: Int32) throws {
        let steps: [(latitude: Int32, longitude: Int32)] = [(1, 0), (0, 1), (1, -1)]
        for step in steps {
            let origin = try #require(Coordinate(latitudeE7: latitudeE7, longitudeE7: -1_799_999_500))
            let distances = try (0..<2_000 as Range<Int32>).map { count in
                let target = try #require(
                    Coordinate(
                        latitudeE7: latitudeE7 + count * step.latitude,
                        wrappingLongitudeE7: -1_799_999_500 + Int(count * step.longitude)))
                return origin.exactDistance(to: target)
            }
            let growths = zip(distances, distances.dropFirst()).map { $1 - $0 }
            #expect(growths.allSatisfy { $0 > 0 })
            let pairs = zip(growths, growths.dropFirst())
            #expect(pairs.allSatisfy { ($1 - $0).magnitude < rounding })
        }
    }

    @Test func `agrees with the integral along a meridian and over a pole`() throws {
        var random = SeededRandom(seed: 44)
        for _ in 0..<40 {
            let start = try #require(Coordinate(latitude: random.latitude(), longitude: 77))
            let end = try #require(Coordinate(latitude: random.latitude(), longitude: 77))
            let direct = Meridian.metres(from: start.latitude, to: end.latitude).magnitude
            #expect((start.exactDistance(to: end) - direct).magnitude < rounding)

            let beyond = try #require(Coordinate(latitude: end.latitude, longitude: -103))
            let byNorth = Meridian.metres(from: start.latitude, to: 90) + Meridian.metres(from: end.latitude, to: 90)
            let shorter = min(byNorth, 2 * greatest - byNorth)
            #expect((start.exactDistance(to: beyond) - shorter).magnitude < rounding)
        }
    }
}

import Foundation
import Geo
import Testing

@Suite struct ExactBearingTests {
    @Test(arguments: GeodesicOracle.ways.indices)
    func `agrees with GeographicLib`(row: Int) throws {
        let way = GeodesicOracle.ways[row]
        let (origin, target) = try way.positions()
        guard let expected = way.bearing else {
            #expect(origin.exactBearing(to: target) == nil)
            return
        }
        let bearing = try #require(origin.exactBearing(to: target))
        #expect((0..<360).contains(bearing))
        // A nanometre to the side is an angle where the way is short, and more where it is nearly half way round.
        let tolerance = (1_000...15_000_000).contains(way.metres) ? 1e-9 : 1e-5
        #expect(angle(bearing, expected) < tolerance)
    }

    /// A target that moves north lengthens the way by the cosine of the bearing it arrives at.
    @Test func `tells how the distance changes`() throws {
        var random = SeededRandom(seed: 51)
        let stepE7: Int32 = 100
        for _ in 0..<5_000 {
            let (one, other) = (random.coordinate(), random.coordinate())
            let distance = one.exactDistance(to: other)
            guard (10_000...19_900_000).contains(distance), abs(other.latitudeE7) < 890_000_000 else { continue }
            let north = try #require(
                Coordinate(latitudeE7: other.latitudeE7 + stepE7, longitudeE7: other.longitudeE7))
            let south = try #require(
                Coordinate(latitudeE7: other.latitudeE7 - stepE7, longitudeE7: other.longitudeE7))
            let growth = one.exactDistance(to: north) - one.exactDistance(to: south)
            let step = Meridian.radius(at: other.latitude) * Sphere.radians(2 * Double(stepE7) / 1e7)
            let back = try #require(other.exactBearing(to: one))
            #expect((growth / step + cos(Sphere.radians(back))).magnitude < 1e-6)
        }
    }

    @Test func `mirror images of a pair have mirror images of its bearing`() throws {
        var random = SeededRandom(seed: 52)
        for round in 0..<10_000 {
            let one = random.coordinate()
            let other = round.isMultiple(of: 2) ? random.coordinate() : random.coordinate(near: one.antipode)
            guard one.latitudeE7 != -other.latitudeE7, let bearing = one.exactBearing(to: other) else { continue }
            let northSouth = try #require(one.mirroredNorthSouth.exactBearing(to: other.mirroredNorthSouth))
            let eastWest = try #require(one.mirroredEastWest.exactBearing(to: other.mirroredEastWest))
            #expect(angle(northSouth, 180 - bearing) < 1e-13)
            #expect(angle(eastWest, -bearing) < 1e-13)
        }
    }

    @Test func `of two ways the one by the nearer pole is taken`() throws {
        let north = try #require(Coordinate(latitude: 0.1, longitude: 10))
        let south = try #require(Coordinate(latitude: -0.1, longitude: -170.3))
        let (fromNorth, fromSouth) = (north.exactBearing(to: south), south.exactBearing(to: north))
        #expect(try #require(fromNorth) < 90)
        #expect(try #require(fromSouth) > 180 && #require(fromSouth) < 270)

        let equator = try #require(Coordinate(latitude: 0, longitude: 10))
        let facing = try #require(Coordinate(latitude: 0, longitude: -170.3))
        #expect(try #require(equator.exactBearing(to: facing)) > 90)
        #expect(try #require(equator.exactBearing(to: facing)) < 180)
    }

    private func angle(_ one: Double, _ other: Double) -> Double { remainder(one - other, 360).magnitude }
}

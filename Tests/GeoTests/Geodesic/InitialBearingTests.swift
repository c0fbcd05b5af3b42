import Foundation
import Geo
import Testing

@Suite struct InitialBearingTests {
    @Test func `agrees with the textbook's formula`() throws {
        var random = SeededRandom(seed: 61)
        for _ in 0..<20_000 {
            let (one, other) = (random.coordinate(), random.coordinate())
            let angle = Sphere.angle(one, other)
            guard angle > 0.01, angle < 3.13, let bearing = one.initialBearing(to: other) else { continue }
            #expect((0..<360).contains(bearing))
            // From next to a pole the formula subtracts numbers that are almost the same.
            #expect(difference(bearing, textbook(one, other)) < 1e-10)
        }
    }

    @Test func `on a map of near places it is the flat angle`() throws {
        var random = SeededRandom(seed: 62)
        for _ in 0..<10_000 {
            let one = try #require(
                Coordinate(latitude: Double.random(in: -80...80, using: &random), longitude: random.longitude()))
            let (north, east) = (
                Int32.random(in: -50...50, using: &random), Int.random(in: -50...50, using: &random)
            )
            let other = try #require(
                Coordinate(
                    latitudeE7: one.latitudeE7 + north, wrappingLongitudeE7: Int(one.longitudeE7) + east))
            guard north != 0 || east != 0 else { continue }
            let middle = Sphere.radians((one.latitude + other.latitude) / 2)
            let flat = atan2(Double(east) * cos(middle), Double(north)) * 180 / .pi
            let bearing = try #require(one.initialBearing(to: other))
            // The meridians converge over half a metre by so little.
            #expect(difference(bearing, flat) < 2e-5)
        }
    }

    @Test func `antipodes are in opposite directions`() throws {
        var random = SeededRandom(seed: 63)
        for _ in 0..<20_000 {
            let one = random.coordinate()
            let other = random.coordinate(near: one)
            guard abs(one.latitudeE7) < 900_000_000, let bearing = one.initialBearing(to: other) else { continue }
            let away = try #require(one.initialBearing(to: other.antipode))
            #expect(difference(bearing, away + 180) < 1e-12)
        }
    }

    @Test func `along meridians, the equator and from a pole it is exact`() throws {
        let cases: [((Double, Double), (Double, Double), Double)] = [
            ((10, 20), (10.0000001, 20), 0), ((10, 20), (9.9999999, 20), 180),
            ((-10, 180), (5, -180), 0), ((60, 20), (70, -160), 0), ((-60, 20), (-70, -160), 180),
            ((0, 179.9999999), (0, -179.9999999), 90), ((0, -180), (0, 179.9999999), 270), ((0, 0), (0, 170), 90),
            ((10, 20), (90, -77), 0), ((10, 20), (-90, 180), 180), ((89.9999999, 20), (90, 3), 0),
            ((90, 0), (52.5, 90), 90), ((90, 0), (52.5, 10), 170), ((90, 0), (-89, -10), 190),
            ((90, 20), (0, 20), 180), ((90, 20), (0, -160), 0), ((90, 180), (10, -180), 180),
            ((-90, 0), (52.5, 90), 90), ((-90, 0), (52.5, -90), 270), ((-90, 13.4), (52.5, 13.4), 0),
            ((-90, 0), (0, 180), 180), ((-90, 0), (0, 123.4567891), 123.4567891),
        ]
        for ((latitude, longitude), (otherLatitude, otherLongitude), expected) in cases {
            let one = try #require(Coordinate(latitude: latitude, longitude: longitude))
            let other = try #require(Coordinate(latitude: otherLatitude, longitude: otherLongitude))
            let bearing = try #require(one.initialBearing(to: other))
            #expect(bearing == expected && bearing.sign == .plus)
            let exact = try #require(one.exactBearing(to: other))
            #expect(difference(exact, expected) < 1e-13 && exact.sign == .plus)
        }
    }

    @Test func `the same place and the antipode have none`() throws {
        let cases = [
            ((52.1, 180.0), (52.1, -180.0)), ((90, 5), (90, -60)), ((-90, 0), (-90, 180)), ((0, 0), (0, 0)),
            ((52.5, 13.4), (-52.5, -166.6)), ((90, 5), (-90, 70)), ((0, 0), (0, -180)), ((0, 180), (0, 0)),
        ]
        for ((latitude, longitude), (otherLatitude, otherLongitude)) in cases {
            let one = try #require(Coordinate(latitude: latitude, longitude: longitude))
            let other = try #require(Coordinate(latitude: otherLatitude, longitude: otherLongitude))
            #expect(one.initialBearing(to: other) == nil)
            #expect(one.exactBearing(to: other) == nil)
        }
    }

    @Test func `a step from them it has one`() throws {
        let pole = try #require(Coordinate(latitude: 89.9999999, longitude: 5))
        let antipode = try #require(Coordinate(latitude: -89.9999999, longitude: -175))
        let beside = try #require(Coordinate(latitude: -89.9999999, longitude: -174.9999999))
        #expect(pole.initialBearing(to: antipode) == nil)
        #expect(pole.initialBearing(to: beside) != nil)
        #expect(pole.exactBearing(to: beside) != nil)
        let meridian = try #require(Coordinate(latitudeE7: 1, longitudeE7: 0))
        let origin = try #require(Coordinate(latitudeE7: 0, longitudeE7: 0))
        #expect(origin.initialBearing(to: meridian) == 0)
    }

    @Test func `a bearing that rounds to a full turn is 0`() throws {
        let one = try #require(Coordinate(latitudeE7: 0, longitudeE7: 0))
        let other = try #require(Coordinate(latitudeE7: 899_999_999, longitudeE7: -1))
        #expect(one.initialBearing(to: other) == 0)
        #expect(one.exactBearing(to: other) == 0)
    }

    private func textbook(_ one: Coordinate, _ other: Coordinate) -> Double {
        let (first, second) = (Sphere.radians(one.latitude), Sphere.radians(other.latitude))
        let turn = Sphere.radians(other.longitude - one.longitude)
        return atan2(
            sin(turn) * cos(second), cos(first) * sin(second) - sin(first) * cos(second) * cos(turn)) * 180 / .pi
    }

    private func difference(_ one: Double, _ other: Double) -> Double { remainder(one - other, 360).magnitude }
}

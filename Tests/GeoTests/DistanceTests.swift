import Geo
import Testing

@Suite struct DistanceTests {
    private let micrometre = 1e-6

    @Test func `agrees with Vincenty's formula everywhere`() {
        var random = SeededRandom(seed: 2)
        for _ in 0..<20_000 {
            let (one, other) = (random.coordinate(), random.coordinate())
            let expected = Sphere.angle(one, other) * Earth.meanRadius
            #expect((one.distance(to: other) - expected).magnitude < micrometre)
            #expect(one.distance(to: other) == other.distance(to: one))
        }
    }

    @Test func `agrees from a centimetre to the antipode`() {
        var random = SeededRandom(seed: 3)
        for _ in 0..<20_000 {
            let one = random.coordinate()
            let angle = random.magnitude(from: 1e-9, to: .pi)
            let target = Bool.random(using: &random) ? one : antipode(of: one)
            let other = Sphere.destination(
                from: target, angle: angle, bearing: Double.random(in: 0..<(2 * .pi), using: &random))
            let expected = Sphere.angle(one, other) * Earth.meanRadius
            #expect((one.distance(to: other) - expected).magnitude < micrometre)
        }
    }

    @Test func `one step is a centimetre to eight digits`() throws {
        let step = Earth.meanRadius * Sphere.radians(1e-7)
        for latitudeE7: Int32 in [-899_999_999, -412_345_678, 0, 1, 523_456_789, 899_999_999] {
            let one = try #require(Coordinate(latitudeE7: latitudeE7, longitudeE7: 1_112_345_678))
            let other = try #require(Coordinate(latitudeE7: latitudeE7 + 1, longitudeE7: 1_112_345_678))
            #expect((one.distance(to: other) / step - 1).magnitude < 1e-6)
        }
    }

    @Test func `the same place has distance zero`() throws {
        let pole = try #require(Coordinate(latitude: 90, longitude: 12))
        let samePole = try #require(Coordinate(latitude: 90, longitude: -133.7))
        #expect(pole.distance(to: samePole) == 0)
        #expect(pole.unitVector == samePole.unitVector)
        let east = try #require(Coordinate(latitude: 52.1, longitude: 180))
        let west = try #require(Coordinate(latitude: 52.1, longitude: -180))
        #expect(east.distance(to: west) == 0)
        #expect(east.unitVector == west.unitVector)
    }

    @Test func `antipodes are half the way around`() {
        var random = SeededRandom(seed: 4)
        for _ in 0..<1_000 {
            let one = random.coordinate()
            let distance = one.distance(to: antipode(of: one))
            #expect((distance - Earth.meanRadius * .pi).magnitude < micrometre)
        }
    }

    @Test func `chords of unit vectors give the same distance`() {
        var random = SeededRandom(seed: 5)
        for _ in 0..<20_000 {
            let one = random.coordinate()
            let other =
                Bool.random(using: &random)
                ? random.coordinate()
                : Sphere.destination(
                    from: one, angle: random.magnitude(from: 1e-9, to: 0.02),
                    bearing: Double.random(in: 0..<(2 * .pi), using: &random))
            let distance = one.distance(to: other)
            let byChord = Earth.metres(chordSquared: one.unitVector.chordSquared(to: other.unitVector))
            #expect((byChord - distance).magnitude < max(1e-8, distance * 2e-8))
        }
    }

    @Test func `chords and metres are inverse from 0 to the antipode`() {
        let half = Earth.meanRadius * Double.pi
        #expect(Earth.metres(chordSquared: 0) == 0)
        #expect(Earth.metres(chordSquared: 4) == half)
        #expect(Earth.chordSquared(metres: 0) == 0)
        #expect(Earth.chordSquared(metres: half) == 4)
        var random = SeededRandom(seed: 6)
        for _ in 0..<10_000 {
            let metres = random.magnitude(from: 1e-3, to: half)
            let back = Earth.metres(chordSquared: Earth.chordSquared(metres: metres))
            #expect((back / metres - 1).magnitude < 1e-6)
            if metres < half / 2 { #expect((back / metres - 1).magnitude < 1e-14) }
        }
    }

    @Test func `rounding beyond the ends does no harm`() {
        #expect(Earth.metres(chordSquared: -1e-300) == 0)
        #expect(Earth.metres(chordSquared: 4.0.nextUp) == Earth.metres(chordSquared: 4))
        #expect(Earth.chordSquared(metres: -1) == 0)
        #expect(Earth.chordSquared(metres: 3e7) == 4)
    }

    private func antipode(of coordinate: Coordinate) -> Coordinate {
        let longitude = coordinate.longitudeE7
        return Coordinate(
            latitudeE7: -coordinate.latitudeE7,
            longitudeE7: longitude > 0 ? longitude - 1_800_000_000 : longitude + 1_800_000_000)!
    }
}

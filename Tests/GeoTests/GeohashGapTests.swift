import Geo
import Testing

@Suite struct GeohashGapTests {
    /// Two cells of any precisions, near each other or far, by choice of the random numbers.
    private func pair(_ random: inout SeededRandom) -> (Geohash, Geohash) {
        let one = random.coordinate()
        let isNear = Int.random(in: 0..<3, using: &random) > 0
        let other =
            isNear
            ? Sphere.destination(
                from: one, angle: random.magnitude(from: 1e-7, to: 1),
                bearing: Double.random(in: 0..<(2 * .pi), using: &random))
            : random.coordinate()
        let precisions = (Int.random(in: 1...8, using: &random), Int.random(in: 1...8, using: &random))
        return (Geohash(one, precision: precisions.0), Geohash(other, precision: precisions.1))
    }

    @Test func `is the least distance between the borders`() {
        var random = SeededRandom(seed: 40)
        var compared = 0
        for _ in 0..<150 {
            let (one, other) = pair(&random)
            let gap = one.gap(to: other)
            #expect(gap == other.gap(to: one))
            guard !one.contains(other), !other.contains(one) else {
                #expect(gap == 0)
                continue
            }
            let sampled = BorderSampling.leastDistance(one.box, other.box)
            #expect(gap <= sampled + 1e-6, "\(one) \(other)")
            #expect(gap >= sampled * (1 - 1e-5) - 0.1, "\(one) \(other)")
            compared += 1
        }
        #expect(compared > 90)
    }

    @Test func `is no more than the distance of any two points`() {
        var random = SeededRandom(seed: 41)
        for _ in 0..<20_000 {
            let (one, other) = (random.coordinate(), random.coordinate())
            let precisions = (Int.random(in: 1...12, using: &random), Int.random(in: 1...12, using: &random))
            let gap = Geohash(one, precision: precisions.0).gap(to: Geohash(other, precision: precisions.1))
            #expect(gap <= one.distance(to: other) + 1e-6)
        }
    }

    @Test func `is zero for the nine cells and for parents`() {
        var random = SeededRandom(seed: 42)
        for _ in 0..<2_000 {
            let cell = Geohash(random.coordinate(), precision: Int.random(in: 1...12, using: &random))
            #expect(cell.nine.allSatisfy { cell.gap(to: $0) == 0 })
            let parent = cell.parent(precision: Int.random(in: 1...cell.precision, using: &random))
            #expect(cell.gap(to: parent) == 0 && parent.gap(to: cell) == 0)
        }
    }

    @Test func `is the height of the row between on one meridian`() throws {
        let cell = try #require(Geohash("u173"))
        let second = try #require(cell.neighbor(.n)?.neighbor(.n))
        #expect((cell.gap(to: second) - cell.height).magnitude < 1e-9)
    }

    @Test func `cells at one pole touch in it`() throws {
        let arctic = ["zz", "zbpb", "u", "bpbpbpbpbpbp", "fzz"].compactMap { Geohash($0) }
        for one in arctic where one.box.north == 90 {
            for other in arctic where other.box.north == 90 {
                #expect(one.gap(to: other) == 0)
            }
        }
        let antarctic = try #require(Geohash("00"))
        #expect(antarctic.gap(to: try #require(Geohash("h0000"))) == 0)
    }

    /// In one row the shortest way bends towards the pole, so it leaves from the poleward corners, and is
    /// shorter than along the parallel.
    @Test func `bends towards the pole within a row`() throws {
        let one = try #require(Geohash(latitude: 60, longitude: 0, precision: 4))
        let other = try #require(Geohash(latitude: 60, longitude: 40, precision: 4))
        let corner = try #require(Coordinate(latitude: one.box.north, longitude: one.box.east))
        let facing = try #require(Coordinate(latitude: other.box.north, longitude: other.box.west))
        #expect((one.gap(to: other) - corner.distance(to: facing)).magnitude < 0.1)
    }

    /// The foot of the perpendicular from the corner of a small cell falls inside the border of a tall one.
    @Test func `meets a tall border inside it`() throws {
        let small = try #require(Geohash(latitude: 60, longitude: -10, precision: 6))
        let tall = try #require(Geohash("u"))
        let gap = small.gap(to: tall)
        let corner = try #require(Coordinate(latitude: small.box.north, longitude: small.box.east))
        let beside = try #require(Coordinate(latitude: small.box.north, longitude: 0))
        #expect(gap < corner.distance(to: beside) - 1_000)
        #expect((gap - BorderSampling.leastDistance(small.box, tall.box)).magnitude < 1)
    }
}

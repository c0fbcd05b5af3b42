import Geo
import Testing

@Suite struct GeohashCellTests {
    @Test func `parents are prefixes and contain what they are parents of`() {
        var random = SeededRandom(seed: 30)
        for _ in 0..<3_000 {
            let coordinate = random.coordinate()
            let cell = Geohash(coordinate, precision: Int.random(in: 1...12, using: &random))
            let other = Geohash(random.coordinate(), precision: Int.random(in: 1...12, using: &random))
            let parent = cell.parent(precision: Int.random(in: 1...cell.precision, using: &random))
            #expect(cell.description.hasPrefix(parent.description))
            #expect(parent == Geohash(coordinate, precision: parent.precision))
            #expect(parent.contains(cell) && parent.contains(coordinate))
            #expect(cell.contains(parent) == (cell == parent))
            #expect(cell.contains(other) == other.description.hasPrefix(cell.description))
        }
    }

    @Test func `a box holds what is encoded into its cell, and its centre`() {
        var random = SeededRandom(seed: 31)
        for _ in 0..<10_000 {
            let coordinate = random.coordinate()
            let cell = Geohash(coordinate, precision: Int.random(in: 1...12, using: &random))
            let box = cell.box
            #expect(box.south <= coordinate.latitude && coordinate.latitude <= box.north)
            #expect(box.west <= coordinate.longitude && coordinate.longitude <= box.east)
            #expect(box.south < box.north && box.west < box.east)
            #expect(cell.contains(cell.center))
            let middle = ((box.south + box.north) / 2 * 1e7, (box.west + box.east) / 2 * 1e7)
            #expect((Double(cell.center.latitudeE7) - middle.0).magnitude < 0.500_001)
            #expect((Double(cell.center.longitudeE7) - middle.1).magnitude < 0.500_001)
        }
    }

    @Test func `centres are the middle to half a step`() throws {
        let cell = try #require(Geohash("ezs42"))
        #expect(cell.box.south == 42.5830078125 && cell.box.north == 42.626953125)
        #expect(cell.box.west == -5.625 && cell.box.east == -5.5810546875)
        #expect(cell.center.latitudeE7 == 426_049_805)
        #expect(cell.center.longitudeE7 == -56_030_273)
    }

    @Test func `neighbours adjoin, around the Earth and not beyond a pole`() {
        var random = SeededRandom(seed: 32)
        for _ in 0..<5_000 {
            let cell = Geohash(random.coordinate(), precision: Int.random(in: 1...12, using: &random))
            let box = cell.box
            #expect((cell.neighbor(.n) == nil) == (box.north == 90))
            #expect((cell.neighbor(.s) == nil) == (box.south == -90))
            #expect(cell.neighbor(.n).map(\.box.south) ?? 90 == box.north)
            #expect(cell.neighbor(.s).map(\.box.north) ?? -90 == box.south)
            #expect(cell.neighbor(.e)?.box.west == (box.east == 180 ? -180 : box.east))
            #expect(cell.neighbor(.w)?.box.east == (box.west == -180 ? 180 : box.west))
            #expect(cell.neighbor(.ne) == cell.neighbor(.n)?.neighbor(.e))
            #expect(cell.neighbor(.se) == cell.neighbor(.e)?.neighbor(.s))
            #expect(cell.neighbor(.sw) == cell.neighbor(.s)?.neighbor(.w))
            #expect(cell.neighbor(.nw) == cell.neighbor(.w)?.neighbor(.n))
            #expect(cell.neighbor(.e)?.neighbor(.w) == cell)
        }
    }

    @Test func `nine cells, six at a pole, itself first, none twice`() {
        var random = SeededRandom(seed: 33)
        for _ in 0..<2_000 {
            let cell = Geohash(random.coordinate(), precision: Int.random(in: 1...12, using: &random))
            let isPolar = cell.box.north == 90 || cell.box.south == -90
            #expect(cell.nine.count == (isPolar ? 6 : 9))
            #expect(cell.nine.first == cell)
            #expect(Set(cell.nine).count == cell.nine.count)
            #expect(cell.neighbors == CompassPoint.allCases.compactMap(cell.neighbor))
            #expect(
                cell.nine.dropFirst().allSatisfy { $0.precision == cell.precision && $0.nine.contains(cell) })
        }
    }

    @Test func `compass points go clockwise`() {
        #expect(CompassPoint.allCases.map(\.rawValue) == ["n", "ne", "e", "se", "s", "sw", "w", "nw"])
    }

    @Test func `sizes are metres at the poleward border`() throws {
        let degree = Earth.meanRadius * .pi / 180
        let atEquator = try #require(Geohash("s0000"))
        #expect((atEquator.height - degree * 180 / 4096).magnitude < 1e-6)
        #expect(atEquator.narrowestWidth < degree * 360 / 8192)
        #expect(atEquator.narrowestWidth > degree * 360 / 8192 * 0.999)
        let northern = try #require(Geohash("u173zq"))
        let southern = Geohash(
            latitude: -northern.center.latitude, longitude: 0, precision: northern.precision)
        #expect(northern.narrowestWidth == southern?.narrowestWidth)
        #expect(Geohash("zzzz")?.narrowestWidth == 0)
        #expect(Geohash("zzzz")?.height == Geohash("s000")?.height)
    }
}

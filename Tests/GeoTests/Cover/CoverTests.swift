import Testing

@testable import Geo

@Suite struct CoverTests {
    @Test func `contains what one of the cells contains`() throws {
        var random = SeededRandom(seed: 110)
        for _ in 0..<30 {
            let disc = random.disc(from: 1e4, to: 1e7)
            let cover = try disc.cover(cells: 60)
            for _ in 0..<100 {
                let place = Bool.random(using: &random) ? random.coordinate() : random.place(in: disc) ?? disc.center
                #expect(cover.contains(place) == cover.cells.contains { $0.contains(place) })
                let cell = Geohash(place, precision: Int.random(in: 1...12, using: &random))
                #expect(cover.contains(cell) == cover.cells.contains { $0.contains(cell) })
            }
        }
    }

    @Test func `areas of cells add up to the Earth`() {
        let all = 4 * Double.pi * Earth.meanRadius * Earth.meanRadius
        for precision in 1...3 {
            let sum = CellOracle.cells(precision: precision).reduce(0) { $0 + $1.box.squareMetres }
            #expect((sum / all - 1).magnitude < 1e-12)
        }
    }

    @Test func `the area is that of the cells`() throws {
        let box = try #require(BoundingBox(south: 1, west: 1, north: 2, east: 2))
        let cover = try box.cover(precision: 4)
        let sum = cover.cells.reduce(0) { $0 + $1.box.squareMetres }
        #expect((cover.squareMetres / sum - 1).magnitude < 1e-12)
        #expect(cover.regionSquareMetres == box.squareMetres)
        #expect(cover.overcover == cover.squareMetres / box.squareMetres && cover.overcover > 1)
    }

    @Test func `keeps to its limit`() throws {
        let box = try #require(BoundingBox(south: -90, west: -180, north: 90, east: 180))
        #expect(try box.cover(precision: 2, limit: 1_024).cells.count == 1_024)
        let error = #expect(throws: CoverError.self) { try box.cover(precision: 2, limit: 1_023) }
        #expect(error?.description == "it takes more than 1023 cells of precision 2")
        let tooFine = #expect(throws: CoverError.self) { try box.cover(precision: 12) }
        #expect(tooFine?.reason == .tooManyCells(limit: Cover.maximumCells, precision: 12))
    }

    /// A region of a caller's own that knows no `.inside`.
    private struct NorthOf: Region {
        let latitude: Double
        var squareMetres: Double { Earth.squareMetres(south: latitude, north: 90, width: 360) }
        func relation(to box: GeohashBox) -> RegionRelation { box.north > latitude ? .partial : .outside }
    }

    @Test func `covers a region of one's own`() throws {
        let region = NorthOf(latitude: 80)
        let box = try #require(BoundingBox(south: 80, west: -180, north: 90, east: 180))
        #expect(try region.cover(precision: 3).cells == box.cover(precision: 3).cells)
        #expect(try region.cover(cells: 50).cells.count <= 50)
    }
}

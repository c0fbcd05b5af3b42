import Testing

@testable import Geo

@Suite struct BoundingBoxCoverTests {
    @Test func `a cover holds every point of its box`() {
        var random = SeededRandom(seed: 70)
        var (checked, missed) = (0, 0)
        while checked < CoverRun.points / 4 {
            let box = random.boundingBox()
            guard let (cover, precision) = box.randomCover(&random) else { continue }
            let cells = Set(cover.cells)
            for _ in 0..<CoverRun.pointsPerCover {
                checked += 1
                let (latitude, longitude) = random.place(in: box)
                let cell = Geohash(latitude: latitude, longitude: longitude, precision: precision)
                if cell.map(cells.contains) != true { missed += 1 }
            }
        }
        #expect(missed == 0)
    }

    /// The rows and columns of a cover are those of the corners and those that begin in between.
    @Test func `a cover is the rows times the columns that the box has points in`() throws {
        var random = SeededRandom(seed: 71)
        for _ in 0..<120 {
            let box = random.boundingBox()
            let precision = Int.random(in: 1...3, using: &random)
            #expect(Set(try box.cover(precision: precision).cells) == expected(box, precision: precision))
        }
    }

    private func expected(_ box: BoundingBox, precision: Int) -> Set<Geohash> {
        var latitudes = Set([box.south, box.north])
        var longitudes = Set([box.west, box.east])
        for cell in CellOracle.cells(precision: precision) {
            if box.south <= cell.box.south && cell.box.south <= box.north { latitudes.insert(cell.box.south) }
            let west = cell.box.west
            let isBetween =
                box.west <= box.east ? box.west <= west && west <= box.east : box.west <= west || west <= box.east
            if isBetween { longitudes.insert(west) }
        }
        if longitudes.contains(where: { $0.magnitude == 180 }) || box.west > box.east {
            longitudes.formUnion([-180, 180])
        }
        return Set(
            latitudes.flatMap { latitude in
                longitudes.map { Geohash(latitude: latitude, longitude: $0, precision: precision)! }
            })
    }

    @Test func `a point and a line are covered`() throws {
        let point = try #require(BoundingBox(south: 52.5, west: 13.4, north: 52.5, east: 13.4))
        #expect(point.squareMetres == 0)
        for precision in 1...12 {
            let cover = try point.cover(precision: precision)
            #expect(cover.cells == [Geohash(latitude: 52.5, longitude: 13.4, precision: precision)!])
            #expect(cover.overcover == .infinity)
        }
        let equator = try #require(BoundingBox(south: 0, west: -180, north: 0, east: 180))
        #expect(
            try equator.cover(precision: 1).cells.map(\.description).joined()
                == "89destwx".sorted().map(String.init).joined())
    }

    @Test func `a border belongs to the cell that owns it`() throws {
        let cell = try #require(Geohash("u"))
        let box = try #require(BoundingBox(south: 45, west: 0, north: 90, east: 45))
        #expect(box.relation(to: cell.box) == .inside)
        #expect(try box.cover(precision: 1).cells.map(\.description) == ["u", "v"])
        let below = try #require(BoundingBox(south: 45, west: 0, north: 90, east: (45.0).nextDown))
        #expect(try below.cover(precision: 1).cells == [cell])
        #expect(below.relation(to: cell.box) == .partial)
    }

    @Test func `the antimeridian is one meridian`() throws {
        for (west, east) in [(180.0, 180.0), (-180, -180), (180, -180)] {
            let line = try #require(BoundingBox(south: 1, west: west, north: 2, east: east))
            #expect(try line.cover(precision: 1).cells.map(\.description) == ["8", "x"])
        }
        let crossing = try #require(BoundingBox(south: 1, west: 170, north: 2, east: -170))
        #expect(try crossing.cover(precision: 1).cells.map(\.description) == ["8", "x"])
        let eastern = try #require(BoundingBox(south: 1, west: 170, north: 2, east: 180))
        #expect(try eastern.cover(precision: 1).cells.map(\.description) == ["8", "x"])
        let western = try #require(BoundingBox(south: 1, west: -180, north: 2, east: -170))
        #expect(try western.cover(precision: 1).cells.map(\.description) == ["8", "x"])
    }

    @Test func `the world is all cells`() throws {
        let world = try #require(BoundingBox(south: -90, west: -180, north: 90, east: 180))
        #expect(try world.cover(precision: 2).cells == CellOracle.cells(precision: 2))
        let cover = try world.cover(cells: 40)
        #expect(cover.cells.count == 32 && (cover.overcover - 1).magnitude < 1e-12)
        let all = 4 * Double.pi * Earth.meanRadius * Earth.meanRadius
        #expect((world.squareMetres / all - 1).magnitude < 1e-12)
    }

    /// Going east from 0 all around to just before 0 again.
    @Test func `a box around all the Earth but a gap crosses the antimeridian`() throws {
        let box = try #require(BoundingBox(south: -1, west: 10, north: 1, east: 5))
        #expect(try box.cover(precision: 1).cells.count == 16)
        let gap = try #require(Geohash(latitude: 0.5, longitude: 7.5, precision: 4))
        #expect(try !box.cover(precision: 4).contains(gap))
        #expect((box.squareMetres / Earth.squareMetres(south: -1, north: 1, width: 355) - 1).magnitude < 1e-12)
    }

    @Test func `borders are refused outside of their ranges`() {
        #expect(BoundingBox(south: -90, west: -180, north: 90, east: 180) != nil)
        #expect(BoundingBox(south: 5, west: 0, north: 5, east: 0) != nil)
        #expect(BoundingBox(south: 5.0.nextUp, west: 0, north: 5, east: 0) == nil)
        #expect(BoundingBox(south: (-90.0).nextDown, west: 0, north: 5, east: 0) == nil)
        #expect(BoundingBox(south: 0, west: 0, north: 90.0.nextUp, east: 0) == nil)
        #expect(BoundingBox(south: 0, west: (-180.0).nextDown, north: 1, east: 0) == nil)
        #expect(BoundingBox(south: 0, west: 0, north: 1, east: 180.0.nextUp) == nil)
        #expect(BoundingBox(south: .nan, west: 0, north: 1, east: 1) == nil)
        #expect(BoundingBox(south: 0, west: .nan, north: 1, east: 1) == nil)
        #expect(BoundingBox(south: 0, west: 0, north: .nan, east: 1) == nil)
        #expect(BoundingBox(south: 0, west: 0, north: 1, east: .nan) == nil)
    }
}

import Foundation
import Testing

@testable import Geo

@Suite struct PolygonCoverTests {
    @Test func `a cover holds every point of its polygon and of its border`() throws {
        var random = SeededRandom(seed: 80)
        var (checked, missed) = (0, 0)
        while checked < CoverRun.points / 10 {
            let star = StarShape(&random)
            let polygon = try star.polygon(
                isWrapped: Bool.random(using: &random), isReversed: Bool.random(using: &random))
            guard let (cover, precision) = polygon.randomCover(&random) else { continue }
            let cells = Set(cover.cells)
            for round in 0..<CoverRun.pointsPerCover {
                let isBorder = round % 2 == 0
                let (longitude, latitude) = isBorder ? star.borderPoint(&random) : star.place(&random)
                guard isBorder || star.contains(longitude: longitude, latitude: latitude) else { continue }
                checked += 1
                let cell = Geohash(latitude: latitude, longitude: longitude, precision: precision)
                if cell.map(cells.contains) != true { missed += 1 }
            }
        }
        #expect(missed == 0)
    }

    @Test func `every cell of a cover meets its polygon`() throws {
        var random = SeededRandom(seed: 81)
        var checked = 0
        for _ in 0..<40 {
            let star = StarShape(&random)
            let polygon = try star.polygon(isWrapped: true, isReversed: false)
            guard let (cover, _) = polygon.randomCover(&random) else { continue }
            for cell in cover.cells.shuffled(using: &random).prefix(40) {
                let box = cell.box
                #expect(star.hasEdge(in: box) || star.contains(longitude: box.west, latitude: box.south))
                checked += 1
            }
        }
        #expect(checked > 600)
    }

    @Test func `inside and outside are never said wrongly`() throws {
        var random = SeededRandom(seed: 82)
        var counts: [RegionRelation: Int] = [:]
        for _ in 0..<1_500 {
            let star = StarShape(&random)
            let polygon = try star.polygon(isWrapped: true, isReversed: true)
            for _ in 0..<4 {
                let (longitude, latitude) = star.place(&random)
                let precision = Int.random(in: 2...9, using: &random)
                let box = Geohash(latitude: latitude, longitude: longitude, precision: precision)!.box
                let isInside = star.contains(longitude: longitude, latitude: latitude)
                let relation = polygon.relation(to: box)
                counts[relation, default: 0] += 1
                #expect(relation != (isInside ? .outside : .inside))
                #expect((relation == .partial) == star.hasEdge(in: box))
            }
        }
        #expect(counts.values.allSatisfy { $0 > 500 } && counts.count == 3)
    }

    @Test func `mixed precisions hold every point of a polygon`() throws {
        var random = SeededRandom(seed: 83)
        for _ in 0..<15 {
            let star = StarShape(&random)
            let polygon = try star.polygon(isWrapped: true, isReversed: false)
            let cover = try polygon.cover(cells: Int.random(in: 32...60, using: &random))
            for _ in 0..<60 {
                let (longitude, latitude) = star.borderPoint(&random)
                #expect(cover.contains(Geohash(latitude: latitude, longitude: longitude, precision: 12)!))
            }
        }
    }

    @Test func `a rectangle is what the same bounding box is`() throws {
        for (south, west, north, east) in [
            (45.0, 0.0, 90.0, 45.0), (-11.25, -22.5, 33.75, 0), (10, 20, 20.5, 33.3), (0, 170, 10, 180),
            (0, -180, 10, -170), (-90, -180, 90, 180), (-23.5, -180, 23.5, 180), (50, 3, 50, 4),
        ] {
            let box = try #require(BoundingBox(south: south, west: west, north: north, east: east))
            let polygon = try polygon([(west, south), (east, south), (east, north), (west, north)])
            for precision in 1...3 {
                #expect(try polygon.cover(precision: precision).cells == box.cover(precision: precision).cells)
            }
            for cell in CellOracle.cells(precision: 2) {
                #expect(polygon.relation(to: cell.box) == box.relation(to: cell.box))
            }
            #expect((polygon.squareMetres - box.squareMetres).magnitude <= box.squareMetres * 1e-12)
        }
    }

    @Test func `a polygon of cells is a cover of itself and of what owns its border`() throws {
        let polygon = try polygon([(0, 45), (45, 45), (45, 90), (0, 90)])
        #expect(try polygon.cover(precision: 1).cells.map(\.description) == ["u", "v"])
        let triangle = try self.polygon([(0, 0), (10, 0), (0, 10)])
        #expect(try triangle.cover(precision: 1).cells.map(\.description) == ["s"])
    }

    @Test func `what lies in a hole only is left out`() throws {
        let rings = [
            [(0.0, 0.0), (45, 0), (45, 45), (0, 45), (0, 0)], [(10, 10), (10, 30), (30, 30), (30, 10), (10, 10)],
        ]
        let polygon = try Polygon(rings: rings.map { $0.map { Polygon.Position(longitude: $0, latitude: $1) } })
        let cover = try polygon.cover(precision: 4)
        #expect(!cover.contains(Geohash(latitude: 20, longitude: 20, precision: 4)!))
        #expect(cover.contains(Geohash(latitude: 10, longitude: 20, precision: 4)!))
        #expect(cover.contains(Geohash(latitude: 5, longitude: 20, precision: 4)!))
        let expected =
            Earth.squareMetres(south: 0, north: 45, width: 45) - Earth.squareMetres(south: 10, north: 30, width: 20)
        #expect((polygon.squareMetres / expected - 1).magnitude < 1e-12)
    }

    /// The short way around, cut and not cut, in the ways in which files write it.
    @Test func `a polygon across the antimeridian is the same however it is written`() throws {
        let ways: [[(Double, Double)]] = [
            [(170, 0), (-170, 0), (-170, 10), (170, 10)],
            [(170, 0), (190, 0), (190, 10), (170, 10)],
            [(-190, 0), (-170, 0), (-170, 10), (-190, 10)],
            [(530, 0), (550 - 360, 0), (190, 10), (530, 10)],
            [(170, 0), (180, 0), (-180, 0), (-170, 0), (-170, 10), (-180, 10), (180, 10), (170, 10)],
        ]
        let box = try #require(BoundingBox(south: 0, west: 170, north: 10, east: -170))
        for positions in ways {
            let polygon = try polygon(positions)
            #expect(try polygon.cover(precision: 3).cells == box.cover(precision: 3).cells)
            #expect((polygon.squareMetres / box.squareMetres - 1).magnitude < 1e-12)
        }
        let cut = MultiPolygon([
            try polygon([(170, 0), (180, 0), (180, 10), (170, 10)]),
            try polygon([(-180, 0), (-170, 0), (-170, 10), (-180, 10)]),
        ])
        #expect(try cut.cover(precision: 3).cells == box.cover(precision: 3).cells)
        #expect((cut.squareMetres / box.squareMetres - 1).magnitude < 1e-12)
    }

    @Test func `an edge of 180 degrees goes as it is written, a longer one the other way`() throws {
        let half = try polygon([(-90, 0), (90, 0), (90, 10), (-90, 10)])
        let beyond = try polygon([(-90, 0), (90.001, 0), (90.001, 10), (-90, 10)])
        let middle = try #require(Geohash(latitude: 5, longitude: 0, precision: 3))
        #expect(half.relation(to: middle.box) == .inside)
        #expect(beyond.relation(to: middle.box) == .outside)
    }

    @Test func `a slanted edge across the antimeridian goes on on the other side`() throws {
        let polygon = try polygon([(175, 0), (-175, 10), (175, 10)])
        // The edge passes latitude 5 at the antimeridian.
        #expect(polygon.relation(to: Geohash(latitude: 5, longitude: 180, precision: 5)!.box) == .partial)
        #expect(polygon.relation(to: Geohash(latitude: 5, longitude: -180, precision: 5)!.box) == .partial)
        #expect(polygon.relation(to: Geohash(latitude: 6, longitude: 180, precision: 5)!.box) == .inside)
        #expect(polygon.relation(to: Geohash(latitude: 6, longitude: -180, precision: 5)!.box) == .inside)
        #expect(polygon.relation(to: Geohash(latitude: 4, longitude: 180, precision: 5)!.box) == .outside)
        #expect(polygon.relation(to: Geohash(latitude: 6, longitude: -178, precision: 5)!.box) == .outside)
    }

    @Test func `a corner on the antimeridian is in the cells of both sides`() throws {
        for longitude in [180.0, -180] {
            let inner = longitude > 0 ? 170.0 : -170
            let polygon = try polygon([(inner, 1), (longitude, 5), (inner, 10)])
            #expect(try polygon.cover(precision: 1).cells.map(\.description) == ["8", "x"])
        }
    }

    /// Where an edge comes to the antimeridian is rounded, so it can be taken to pass below a border of cells
    /// that it passes exactly on. The point on the border has a cell of its own.
    @Test func `the point where an edge crosses the antimeridian is in the cells of both sides`() throws {
        var random = SeededRandom(seed: 86)
        for _ in 0..<200 {
            let (west, rise) = (Double.random(in: 1...9, using: &random), Double.random(in: 1...9, using: &random))
            let east = west * Double.random(in: 0.1...1, using: &random)
            // On the line through (180 - west, -rise) and (180, 0).
            let polygon = try polygon([
                (180 - west, -rise), (-180 + east, rise * east / west), (-180 + east, -rise),
            ])
            #expect(try polygon.cover(precision: 1).cells.map(\.description) == ["2", "8", "r", "x"])
        }
    }

    @Test func `areas agree with sums of thin strips`() throws {
        var random = SeededRandom(seed: 84)
        for _ in 0..<200 {
            let star = StarShape(&random)
            let polygon = try star.polygon(isWrapped: true, isReversed: Bool.random(using: &random))
            let expected = (strips(star.outer) - strips(star.hole)) * Earth.meanRadius * Earth.meanRadius
            #expect((polygon.squareMetres / expected - 1).magnitude < 1e-6)
        }
    }

    /// The integral of cos φ over a star around its first corner, fan by fan, by Simpson's rule over triangles.
    private func strips(_ ring: [(x: Double, y: Double)]) -> Double {
        guard let origin = ring.first else { return 0 }
        var sum = 0.0
        for (one, other) in zip(ring.dropFirst(), ring.dropFirst(2)) {
            let doubled = (one.x - origin.x) * (other.y - origin.y) - (other.x - origin.x) * (one.y - origin.y)
            sum += doubled * meanCosine(origin.y, one.y, other.y) / 2
        }
        return sum.magnitude * (.pi / 180) * (.pi / 180)
    }

    private func meanCosine(_ one: Double, _ other: Double, _ third: Double, depth: Int = 4) -> Double {
        let middles = ((one + other) / 2, (other + third) / 2, (third + one) / 2)
        guard depth > 0 else {
            return [middles.0, middles.1, middles.2].reduce(0) { $0 + cos(Sphere.radians($1)) } / 3
        }
        return
            (meanCosine(one, middles.0, middles.2, depth: depth - 1)
            + meanCosine(middles.0, other, middles.1, depth: depth - 1)
            + meanCosine(middles.2, middles.1, third, depth: depth - 1)
            + meanCosine(middles.0, middles.1, middles.2, depth: depth - 1)) / 4
    }

    private func polygon(_ positions: [(Double, Double)]) throws -> Polygon {
        try Polygon(
            rings: [(positions + positions.prefix(1)).map { Polygon.Position(longitude: $0, latitude: $1) }])
    }
}

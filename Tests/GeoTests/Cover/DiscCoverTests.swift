import Foundation
import Testing

@testable import Geo

@Suite struct DiscCoverTests {
    /// A centre with more digits than a `Coordinate` keeps, and a point so near its rim that rounding would lose it.
    @Test func `a centre is not rounded`() throws {
        let disc = try #require(Disc(latitude: 47.23097049051147, longitude: 159.2821021597381, metres: 0.1))
        let cover = try disc.cover(precision: 12)
        let cell = Geohash(latitude: 47.23096959120653, longitude: 159.28210216749528, precision: 12)
        #expect(cover.cells.contains(try #require(cell)))
        var random = SeededRandom(seed: 90)
        for _ in 0..<300 {
            let (latitude, longitude) = (Double.random(in: -80...80, using: &random), random.longitude())
            guard let disc = Disc(latitude: latitude, longitude: longitude, metres: 0.1) else { continue }
            let cells = Set(try disc.cover(precision: 12).cells)
            for _ in 0..<20 {
                let (up, right) = (
                    Double.random(in: -1e-6...1e-6, using: &random), Double.random(in: -2e-6...2e-6, using: &random)
                )
                let (north, east) = (latitude + up, longitude + right)
                guard east.magnitude <= 180,
                    Earth.distance(latitude: latitude, longitude: longitude, toLatitude: north, longitude: east) <= 0.1
                else { continue }
                #expect(cells.contains(Geohash(latitude: north, longitude: east, precision: 12)!))
            }
        }
        #expect(Disc(latitude: 90.1, longitude: 0, metres: 1) == nil)
        #expect(Disc(latitude: 0, longitude: .nan, metres: 1) == nil)
    }

    @Test func `a cover holds every point of its disc`() throws {
        var random = SeededRandom(seed: 60)
        var (checked, missed) = (0, 0)
        while checked < CoverRun.points {
            let disc = random.disc()
            guard let (cover, precision) = disc.randomCover(&random) else { continue }
            let cells = Set(cover.cells)
            for _ in 0..<CoverRun.pointsPerCover {
                guard let place = random.place(in: disc) else { continue }
                checked += 1
                if !cells.contains(Geohash(place, precision: precision)) { missed += 1 }
            }
        }
        #expect(missed == 0)
    }

    @Test func `a cover of mixed precisions holds every point of its disc`() throws {
        var random = SeededRandom(seed: 61)
        for _ in 0..<40 {
            let disc = random.disc()
            let cover = try disc.cover(cells: Int.random(in: 32...80, using: &random))
            for _ in 0..<100 {
                guard let place = random.place(in: disc) else { continue }
                #expect(cover.contains(place))
            }
        }
    }

    @Test func `every cell of a cover meets its disc`() throws {
        var random = SeededRandom(seed: 62)
        for _ in 0..<120 {
            let disc = random.disc(to: 3e6)
            guard let (cover, _) = disc.randomCover(&random) else { continue }
            for cell in cover.cells.shuffled(using: &random).prefix(20) {
                #expect(CellOracle.leastDistance(from: disc.center, to: cell.box) <= disc.metres + 0.002)
            }
        }
    }

    /// Of all cells, those and only those that are near enough.
    @Test func `a cover is what trying all cells gives`() throws {
        var random = SeededRandom(seed: 63)
        let cells = CellOracle.cells(precision: 2)
        for _ in 0..<12 {
            let disc = random.disc(from: 1e5)
            let cover = Set(try disc.cover(precision: 2).cells)
            for cell in cells {
                let distance = CellOracle.leastDistance(from: disc.center, to: cell.box)
                guard (distance - disc.metres).magnitude > 0.1 else { continue }
                #expect(cover.contains(cell) == (distance < disc.metres))
            }
        }
    }

    @Test func `inside and outside are never said wrongly`() throws {
        var random = SeededRandom(seed: 64)
        var counts: [RegionRelation: Int] = [:]
        for _ in 0..<8_000 {
            let disc = random.disc(from: 1e3)
            let near = random.place(in: disc) ?? disc.center
            let cell = Geohash(near, precision: Int.random(in: 1...6, using: &random))
            let relation = disc.relation(to: cell.box)
            counts[relation, default: 0] += 1
            #expect(relation != .outside)
            guard relation == .inside else { continue }
            for (latitude, longitude) in corners(cell.box) + [random.inside(cell.box)] {
                let place = Coordinate(latitude: latitude, longitude: longitude)!
                #expect(Sphere.angle(disc.center, place) * Earth.meanRadius <= disc.metres + 0.02)
            }
        }
        #expect(counts[.inside, default: 0] > 1_000 && counts[.partial, default: 0] > 1_000)
    }

    private func corners(_ box: GeohashBox) -> [(Double, Double)] {
        [(box.south, box.west), (box.south, box.east), (box.north, box.west), (box.north, box.east)]
    }

    @Test func `a disc without extent is one cell, also where cells border on each other`() throws {
        for (latitude, longitude) in [(52.5, 13.4), (0, 0), (45, 90), (11.25, -45), (-90 + 22.5, 33.75)] {
            let center = try #require(Coordinate(latitude: latitude, longitude: longitude))
            let point = try #require(Disc(center: center, metres: 0))
            for precision in 1...12 {
                #expect(try point.cover(precision: precision).cells == [Geohash(center, precision: precision)])
            }
            #expect(try point.cover(cells: 1).cells == [Geohash(center, precision: 12)])
        }
    }

    @Test func `a place of several longitudes has a cell for each`() throws {
        let onAntimeridian = try #require(Disc(center: Coordinate(latitude: 10, longitude: 180)!, metres: 0))
        #expect(try onAntimeridian.cover(precision: 1).cells.map(\.description) == ["8", "x"])
        let pole = try #require(Disc(center: Coordinate(latitude: -90, longitude: 5)!, metres: 0))
        #expect(try pole.cover(precision: 1).cells.count == 8)
    }

    @Test func `a disc that only just reaches a pole goes around it`() throws {
        for sign in [1.0, -1] {
            let center = try #require(Coordinate(latitude: 80 * sign, longitude: 20))
            let toPole = center.distance(to: Coordinate(latitude: 90 * sign, longitude: 0)!)
            let reaching = try #require(Disc(center: center, metres: toPole))
            let short = try #require(Disc(center: center, metres: toPole - 1))
            #expect(try reaching.cover(precision: 1).cells.count == 8)
            #expect(try short.cover(precision: 1).cells.count < 8)
        }
    }

    @Test func `half the circumference is the whole Earth`() throws {
        let center = try #require(Coordinate(latitude: 12, longitude: -34))
        let earth = try #require(Disc(center: center, metres: Disc.maximumMetres))
        #expect(try earth.cover(precision: 3).cells == CellOracle.cells(precision: 3))
        #expect(abs(try earth.cover(cells: 32).overcover - 1) < 1e-12)
        #expect(Geohash.coarsest.allSatisfy { earth.relation(to: $0.box) == .inside })
    }

    /// Around the antipode the hole is smaller than a cell, so only its own cell is not filled.
    @Test func `a disc that is all but the Earth leaves a hole at the antipode`() throws {
        let center = try #require(Coordinate(latitude: 12, longitude: -34))
        let disc = try #require(Disc(center: center, metres: Disc.maximumMetres - 1_000))
        let antipode = try #require(Coordinate(latitude: -12, longitude: 146))
        let cover = try disc.cover(cells: 200)
        #expect(!cover.contains(antipode))
        #expect(cover.contains(Sphere.destination(from: antipode, angle: 1_001 / Earth.meanRadius, bearing: 1)))
    }

    @Test func `radii are refused outside of nothing to half the circumference`() throws {
        let center = try #require(Coordinate(latitude: 1, longitude: 2))
        #expect(Disc(center: center, metres: 0) != nil)
        #expect(Disc(center: center, metres: Disc.maximumMetres) != nil)
        for metres in [-0.001, Disc.maximumMetres.nextUp, .nan, .infinity] {
            #expect(Disc(center: center, metres: metres) == nil)
        }
    }

    @Test func `the area is that of the cap`() throws {
        let center = try #require(Coordinate(latitude: 1, longitude: 2))
        let squared = Earth.meanRadius * Earth.meanRadius
        for (metres, expected) in [
            (0, 0), (1, .pi), (Disc.maximumMetres / 2, 2 * .pi * squared), (Disc.maximumMetres, 4 * .pi * squared),
        ] {
            let disc = try #require(Disc(center: center, metres: metres))
            #expect((disc.squareMetres - expected).magnitude <= expected * 1e-12)
        }
    }

    @Test func `a disc does not show where it is`() throws {
        let disc = try #require(Disc(center: Coordinate(latitude: 12.345, longitude: 67.89)!, metres: 10))
        var dumped = ""
        dump(disc, to: &dumped)
        for text in ["\(disc)", String(reflecting: disc), dumped] { #expect(!text.contains("12.3")) }
    }
}

extension SeededRandom {
    fileprivate mutating func inside(_ box: GeohashBox) -> (Double, Double) {
        (Double.random(in: box.south...box.north, using: &self), Double.random(in: box.west...box.east, using: &self))
    }
}

import Testing

@testable import Geo

@Suite struct BudgetCoverTests {
    private func expectLeast(_ region: some Region, finest: Int, budget: Int) {
        let exhaustive = ExhaustiveCover(region: region, finest: finest, budget: budget)
        let least = exhaustive.leastAreas(Geohash.coarsest)
        for cells in 1...budget {
            guard let cover = try? region.cover(cells: cells, precisions: 1...finest) else {
                #expect(least[cells] == .infinity)
                continue
            }
            #expect(cover.cells.count <= cells)
            #expect((cover.squareMetres / least[cells] - 1).magnitude < 1e-9)
        }
    }

    @Test func `no cover of as many cells is smaller, of discs`() {
        var random = SeededRandom(seed: 100)
        for _ in 0..<40 { expectLeast(random.disc(from: 1e4, to: 4e6), finest: 3, budget: 12) }
        for _ in 0..<5 { expectLeast(random.disc(from: 1e3, to: 3e5), finest: 4, budget: 25) }
        for latitude in [0.0, 45, 90, -90] {
            for metres in [1e4, 3e5] {
                let center = Coordinate(latitude: latitude, longitude: 0)!
                expectLeast(Disc(center: center, metres: metres)!, finest: 3, budget: 20)
            }
        }
    }

    @Test func `no cover of as many cells is smaller, of boxes and polygons`() throws {
        var random = SeededRandom(seed: 101)
        for _ in 0..<12 {
            expectLeast(random.boundingBox(), finest: 3, budget: 12)
            expectLeast(
                try StarShape(&random).polygon(isWrapped: true, isReversed: false), finest: 3, budget: 12)
        }
    }

    @Test func `cells are disjoint, sorted, within the precisions, and cells are only added for less area`() throws {
        var random = SeededRandom(seed: 102)
        for _ in 0..<40 {
            let disc = random.disc(to: 1e6)
            let precisions = Int.random(in: 1...2, using: &random)...Int.random(in: 3...12, using: &random)
            var previous = Double.infinity
            for budget in [1, 4, 9, 32, 100, 300] {
                guard let cover = try? disc.cover(cells: budget, precisions: precisions) else { continue }
                #expect(cover.cells.count <= budget)
                #expect(cover.cells.allSatisfy { precisions.contains($0.precision) })
                #expect(zip(cover.cells, cover.cells.dropFirst()).allSatisfy { $0 < $1 && !$0.contains($1) })
                #expect(cover.squareMetres <= previous * (1 + 1e-12))
                #expect(cover.overcover >= 1)
                previous = cover.squareMetres
            }
        }
    }

    @Test func `one precision gives the cells of that precision`() throws {
        let disc = try #require(Disc(center: Coordinate(latitude: 48.1, longitude: 11.5)!, metres: 9_000))
        let uniform = try disc.cover(precision: 5)
        #expect(try disc.cover(cells: uniform.cells.count, precisions: 5...5) == uniform)
        #expect(throws: CoverError(reason: .budgetTooSmall(needed: uniform.cells.count, precision: 5))) {
            try disc.cover(cells: uniform.cells.count - 1, precisions: 5...5)
        }
    }

    @Test func `says how many cells are needed`() throws {
        let pole = try #require(Disc(center: Coordinate(latitude: 90, longitude: 0)!, metres: 5))
        #expect(try pole.cover(cells: 8).cells.count == 8)
        let error = #expect(throws: CoverError.self) { try pole.cover(cells: 7) }
        #expect(error?.description == "it takes at least 8 cells of precision 1")
        let tooFine = #expect(throws: CoverError.self) { try pole.cover(cells: 7, precisions: 12...12) }
        #expect(tooFine?.reason == .budgetTooSmall(needed: nil, precision: 12))
        #expect(tooFine?.description == "it takes more than 1000000 cells of precision 12")
    }

    @Test func `a budget beyond the greatest is used up to it`() throws {
        let disc = try #require(Disc(center: Coordinate(latitude: 1, longitude: 1)!, metres: 390_000))
        let most = try disc.cover(cells: Cover.maximumBudget, precisions: 4...6)
        #expect(most.cells.count > Cover.maximumBudget - 32)
        #expect(try disc.cover(cells: Cover.maximumBudget + 1, precisions: 4...6) == most)
        // Where already the coarsest precision takes more, it is those cells.
        let coarsest = try disc.cover(precision: 5)
        #expect(coarsest.cells.count > Cover.maximumBudget)
        #expect(try disc.cover(cells: coarsest.cells.count, precisions: 5...6).cells.count == coarsest.cells.count)
    }
}

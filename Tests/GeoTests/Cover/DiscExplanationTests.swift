import Testing

@testable import Geo

@Suite struct DiscExplanationTests {
    @Test func `nine cells suffice where the rule says so, and the cells needed are among them`() throws {
        var random = SeededRandom(seed: 65)
        var (byRule, beyondRule) = (0, 0)
        for _ in 0..<300 {
            let center = random.coordinate()
            let precision = Int.random(in: 1...9, using: &random)
            let rule = NineCellRule.largestRadius(precision: precision, latitude: center.latitude)
            guard rule > 0.01 else { continue }
            let disc = Disc(center: center, metres: rule * Double.random(in: 0...3, using: &random))!
            guard let explanation = try? disc.explanation(precision: precision, limit: CoverRun.mostCells) else {
                continue
            }
            let nine = Geohash(disc.center, precision: precision).nine
            #expect(explanation.nineSuffice == Set(nine).isSuperset(of: explanation.cover.cells))
            if disc.metres < rule * 0.999_999 {
                byRule += 1
                #expect(explanation.nineSuffice)
            } else if explanation.nineSuffice {
                beyondRule += 1
            }
            #expect((explanation.ninePrecision ?? 0) >= (explanation.rulePrecision ?? 0))
            #expect((explanation.ninePrecision ?? 0) >= precision || !explanation.nineSuffice)
        }
        #expect(byRule > 50 && beyondRule > 5)
    }

    @Test func `explains the disc of a city`() throws {
        let center = try #require(Coordinate(latitude: 52.52, longitude: 13.405))
        let disc = try #require(Disc(center: center, metres: 8_000))
        let coarse = try disc.explanation(precision: 4)
        #expect(coarse.precision == 4 && coarse.nineSuffice && coarse.rulePrecision == 4)
        let fine = try disc.explanation(precision: 6)
        #expect(!fine.nineSuffice && fine.cover.cells.count > 100 && fine.cover.overcover < coarse.cover.overcover)
    }

    @Test func `no nine cells hold a disc around a pole`() throws {
        let disc = try #require(Disc(center: Coordinate(latitude: 90, longitude: 0)!, metres: 1))
        #expect(disc.ninePrecision == nil && disc.rulePrecision == nil)
        #expect(try !disc.explanation(precision: 1).nineSuffice)
    }

    @Test func `says so if it takes too many cells`() throws {
        let disc = try #require(Disc(center: Coordinate(latitude: 0.1, longitude: 0.1)!, metres: 5_000))
        let needed = try disc.cover(precision: 6).cells.count
        #expect(try disc.explanation(precision: 6, limit: needed).cover.cells.count == needed)
        #expect(throws: CoverError(reason: .tooManyCells(limit: needed - 1, precision: 6))) {
            try disc.explanation(precision: 6, limit: needed - 1)
        }
    }
}

import Testing

@testable import Strangers

@Suite struct SamplerTests {
    @Test func shuffleGivesEachNumberOnce() {
        var generator = SeededGenerator(seed: 5)
        var random = StrangerRandom(seededFrom: &generator)
        var shuffle = SparseShuffle()
        for count in [0, 1, 2, 17, 1_500] {
            shuffle.start(count: count)
            var numbers: [Int] = []
            while let number = shuffle.next(&random) { numbers.append(number) }
            #expect(numbers.sorted() == Array(0..<count))
        }
    }

    /// Each number is as likely in each place.
    @Test func shuffleIsUniform() {
        var generator = SeededGenerator(seed: 6)
        var random = StrangerRandom(seededFrom: &generator)
        var shuffle = SparseShuffle()
        var counts = Array(repeating: 0, count: 8 * 4)
        for _ in 0..<20_000 {
            shuffle.start(count: 8)
            for place in 0..<4 { counts[place * 8 + shuffle.next(&random)!] += 1 }
        }
        // 4 places with 7 degrees of freedom each; 99.9 % of runs are below 56.9.
        #expect(chiSquare(counts, expected: 2_500) < 56.9)
    }

    @Test func sameSeedSameNumbers() {
        var (one, two) = (SeededGenerator(seed: 9), SeededGenerator(seed: 9))
        var (first, second) = (StrangerRandom(seededFrom: &one), StrangerRandom(seededFrom: &two))
        for _ in 0..<100 { #expect(first.next() == second.next()) }
    }
}

/// Pearson's statistic for counts that are all expected to be the same.
func chiSquare(_ counts: [Int], expected: Double) -> Double {
    counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
}

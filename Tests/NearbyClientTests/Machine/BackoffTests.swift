import Testing

@testable import NearbyClient

@Suite struct BackoffTests {
    @Test func theLimitDoublesUpToAMinute() {
        var backoff = Backoff()
        let pauses = (0..<12).map { _ in backoff.next(random: 1) }
        #expect(pauses == [500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000] + [Int64](repeating: 60_000, count: 5))
        backoff.reset()
        #expect(backoff.next(random: 1) == 500)
        for _ in 0..<1_000 { #expect(backoff.next(random: 1) <= ClientLimits.backoffMaximum) }
    }

    /// Full jitter: spread evenly over all of the pause, not around its end.
    @Test func pausesAreSpreadEvenly() {
        var random = SeededGenerator(seed: 5)
        var quarters = [0, 0, 0, 0]
        for _ in 0..<4_000 {
            var backoff = Backoff()
            for _ in 0..<3 { _ = backoff.next(random: 0) }
            let pause = backoff.next(random: Double.random(in: 0...1, using: &random))
            #expect((0...4_000).contains(pause))
            quarters[Int(min(pause, 3_999) / 1_000)] += 1
        }
        #expect(quarters.allSatisfy { (900...1_100).contains($0) })
    }

    @Test func aBusyServerGetsTime() {
        var backoff = Backoff()
        backoff.serverIsBusy()
        #expect(backoff.next(random: 1) == 4_000)
        backoff.serverIsBusy()
        #expect(backoff.next(random: 1) == 8_000)
    }
}

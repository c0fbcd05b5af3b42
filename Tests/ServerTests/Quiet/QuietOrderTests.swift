import Testing

@testable import Server

@Suite struct QuietOrderTests {
    /// One that allows so many steps.
    private func quiet(steps: Int) -> Quiet {
        Quiet(inactivity: 600_000, radius: 10_000, list: nil, cell: Double(steps * Limits.quietStep))
    }

    @Test func isToldOnlyWhenItChanges() {
        var order = QuietOrder(quiet(steps: 2), now: 0)
        #expect(order.review(quiet(steps: 2), now: 10) == nil)
        #expect(order.review(quiet(steps: 1), now: 20) == quiet(steps: 1))
        #expect(order.told == quiet(steps: 1))
        #expect(order.review(quiet(steps: 1), now: 30) == nil)
    }

    @Test func framesLookOnceASecond() {
        var order = QuietOrder(quiet(steps: 2), now: 0)
        #expect(!order.isDue(now: 999))
        #expect(order.isDue(now: 1_000))
        _ = order.review(quiet(steps: 2), now: 1_500)
        #expect(!order.isDue(now: 2_499))
        #expect(order.isDue(now: 2_500))
    }

    @Test func aFrameThatIsAskedForLooks() {
        var order = QuietOrder(quiet(steps: 2), now: 0)
        let (same, other) = (order.wantsFrame(quiet(steps: 2), now: 10), order.isDue(now: 10))
        #expect(!same && !other)
        for steps in [1, 3] {
            let wants = order.wantsFrame(quiet(steps: steps), now: 10)
            #expect(wants && order.isDue(now: 10))
        }
    }
}

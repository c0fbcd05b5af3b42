import Testing

@testable import Friends

@Suite struct TurnstileTests {
    @Test func oneAtATime() async {
        let turnstile = Turnstile()
        let visitors = Visitors()
        await withTaskGroup { group in
            for _ in 1...200 {
                group.addTask {
                    await turnstile.enter()
                    await visitors.enter()
                    await Task.yield()
                    await visitors.leave()
                    turnstile.leave()
                }
            }
        }
        #expect(await visitors.total == 200)
        #expect(await visitors.most == 1)
    }

    @Test func whoGivesUpNeverEntersAndHoldsNobodyUp() async {
        let turnstile = Turnstile()
        await turnstile.enter()
        // Both wait, and only one of them for long.
        async let patient = turnstile.enter(within: .seconds(60))
        async let impatient = turnstile.enter(within: .milliseconds(1))
        #expect(await !impatient)
        turnstile.leave()
        #expect(await patient)
        turnstile.leave()
        #expect(await turnstile.enter(within: .milliseconds(1)))
        turnstile.leave()
    }

    private actor Visitors {
        private var inside = 0
        private(set) var most = 0
        private(set) var total = 0

        func enter() {
            inside += 1
            total += 1
            most = max(most, inside)
        }

        func leave() { inside -= 1 }
    }
}

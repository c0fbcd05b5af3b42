import Channels
import Testing

/// An answer says nothing of a channel that was left and joined again, or lost, after the question.
@Suite struct ExchangeGenerationTests {
    private let idle = FriendsExchange.idleMilliseconds
    private let again = FriendsExchange.pauseAfterFailure
    private var exchange = FriendsExchange()

    /// A request whose channel is left before it is answered, and joined again by another one.
    private mutating func leaveAndRejoin() -> (old: FriendsExchange.Request, new: FriendsExchange.Request) {
        let (old, _) = exchange.prepare([1], now: 0)
        #expect(exchange.tick(now: idle) { _ in false } == [.unsubscribe([1])])
        let (new, actions) = exchange.prepare([1], now: idle)
        #expect(actions == [.subscribe([1]), .wait([1], new)])
        return (old, new)
    }

    @Test mutating func aReadForAnEarlierSubscriptionMakesNobodyKnown() {
        let (old, new) = leaveAndRejoin()
        // Whoever waits for the old one is let go all the same.
        #expect(exchange.heard(old, missing: []) == [.read([1], old)])
        #expect(exchange.read(old, unanswered: [], now: idle) == [.finish(old)])
        #expect(!exchange.knows(1))
        exchange.complete(new, now: idle)
        #expect(exchange.knows(1))
    }

    @Test mutating func aReadForAnEarlierSubscriptionPlansNothing() {
        let (old, _) = leaveAndRejoin()
        _ = exchange.heard(old, missing: [1])
        _ = exchange.read(old, unanswered: [1], now: idle)
        #expect(exchange.tick(now: idle + again) { _ in true } == [])
    }

    @Test mutating func aReadThatAnswersAfterTheChannelWasLeftChangesNothing() {
        let (request, _) = exchange.prepare([1], now: 0)
        _ = exchange.heard(request, missing: [])
        _ = exchange.tick(now: idle) { _ in false }
        #expect(exchange.read(request, unanswered: [1], now: idle) == [.finish(request)])
        #expect(exchange.channelCount == 0)
        #expect(exchange.tick(now: idle + again) == [])
    }

    @Test mutating func aReadThatALossCameBetweenMakesNobodyKnown() throws {
        let (request, _) = exchange.prepare([1], now: 0)
        _ = exchange.heard(request, missing: [])
        let after = exchange.restored([1], now: 100)
        #expect(exchange.read(request, unanswered: [], now: 200) == [.finish(request)])
        #expect(!exchange.knows(1))
        _ = exchange.read(try #require(after.request), unanswered: [], now: 300)
        #expect(exchange.knows(1))
    }

    @Test mutating func oneUsersLossSaysNothingOfTheOthersInTheRead() {
        let (request, _) = exchange.prepare([1, 2, 3], now: 0)
        _ = exchange.heard(request, missing: [])
        _ = exchange.restored([2], now: 100)
        _ = exchange.read(request, unanswered: [3], now: 200)
        #expect(exchange.knows(1) && !exchange.knows(2) && !exchange.knows(3))
    }

    @Test mutating func aPlannedReadDoesNotGoAheadOfARejoin() {
        exchange.know([1], now: 0)
        _ = exchange.interestChanged(in: 1, isInterested: false, now: 2_000)
        _ = exchange.restored([1], now: 9_000)
        #expect(exchange.tick(now: 2_000 + idle) { _ in false }.first == .unsubscribe([1]))
        _ = exchange.prepare([1], now: 2_000 + idle)
        #expect(exchange.tick(now: 16_000) { _ in true } == [])
    }

    @Test mutating func aSecondLossHasAPlanOfItsOwn() {
        exchange.know([1], now: 0)
        #expect(exchange.restored([1], now: 10_000).reads == [[1]])
        #expect(exchange.restored([1], now: 10_500).reads == [[1]])
        #expect(exchange.tick(now: 11_000).reads == [])
        #expect(exchange.tick(now: 11_500).reads == [[1]])
    }
}

import Channels
import Testing

/// When the cache is read, and what is believed after it.
@Suite struct ExchangeReadingTests {
    private let confirming = FriendsExchange.pauseBeforeConfirming
    private let again = FriendsExchange.pauseAfterFailure
    private var exchange = FriendsExchange()

    @Test mutating func aRequestSubscribesWaitsReadsAndFinishes() {
        let (request, actions) = exchange.prepare([2, 1], now: 0)
        #expect(actions == [.subscribe([2, 1]), .wait([2, 1], request)])
        #expect(exchange.heard(request, missing: []) == [.read([2, 1], request)])
        #expect(exchange.read(request, unanswered: [], now: 10) == [.finish(request)])
        #expect(exchange.knows(1) && exchange.knows(2))
    }

    @Test mutating func nothingIsReadBeforeTheChannelIsHeard() {
        let (_, actions) = exchange.prepare([1], now: 0)
        #expect(actions.reads.isEmpty)
        #expect(exchange.tick(now: 9_000) == [] && !exchange.knows(1))
    }

    @Test mutating func whoIsKnownIsNeitherWaitedForNorRead() {
        exchange.know([1], now: 0)
        let (request, actions) = exchange.prepare([1], now: 2_000)
        #expect(actions == [.finish(request)])
    }

    @Test mutating func onlyTheUnknownAreWaitedFor() {
        exchange.know([1], now: 0)
        let (request, actions) = exchange.prepare([1, 2], now: 2_000)
        #expect(actions == [.subscribe([2]), .wait([2], request)])
    }

    @Test mutating func aRequestForNobodyFinishesAtOnce() {
        let (request, actions) = exchange.prepare([], now: 0)
        #expect(actions == [.finish(request)])
    }

    @Test mutating func twoRequestsForOneUserBothWait() {
        let first = exchange.prepare([1], now: 0)
        let second = exchange.prepare([1], now: 0)
        #expect(first.request != second.request)
        #expect(second.actions == [.wait([1], second.request)])
        _ = exchange.heard(first.request, missing: [])
        #expect(exchange.read(first.request, unanswered: [], now: 0) == [.finish(first.request)])
        #expect(exchange.heard(second.request, missing: []) == [.read([1], second.request)])
    }

    @Test mutating func aRequestIsAnsweredOnce() {
        let (request, _) = exchange.prepare([1], now: 0)
        exchange.complete(request, now: 0)
        #expect(exchange.heard(request, missing: []) == [])
        #expect(exchange.read(request, unanswered: [1], now: 0) == [])
        #expect(exchange.tick(now: confirming).waits == [[1]])
    }

    @Test mutating func whoseChannelIsNotHeardIsReadAllTheSameAndAgainLater() {
        let (request, _) = exchange.prepare([1, 2], now: 0)
        #expect(exchange.heard(request, missing: [1]) == [.read([1, 2], request)])
        #expect(exchange.read(request, unanswered: [], now: 10) == [.finish(request)])
        #expect(!exchange.knows(1) && exchange.knows(2))
        #expect(exchange.tick(now: 10 + again - 1).waits == [[2]])
        #expect(exchange.tick(now: 10 + again).waits == [[1]])
    }

    @Test mutating func whoCouldNotBeReadIsReadAgainLaterAndThenKnown() throws {
        let (request, _) = exchange.prepare([1], now: 0)
        _ = exchange.heard(request, missing: [])
        #expect(exchange.read(request, unanswered: [1], now: 10) == [.finish(request)])
        #expect(!exchange.knows(1))
        #expect(exchange.tick(now: 10 + again - 1) == [])
        let actions = exchange.tick(now: 10 + again)
        #expect(actions.waits == [[1]])
        exchange.complete(try #require(actions.request), now: 20 + again)
        #expect(exchange.knows(1))
    }

    @Test mutating func whoWasReadIsReadOnceMoreAndThenNoMore() throws {
        let (request, _) = exchange.prepare([1], now: 0)
        exchange.complete(request, now: 10)
        #expect(exchange.tick(now: 10 + confirming - 1) == [])
        let actions = exchange.tick(now: 10 + confirming)
        let second = try #require(actions.request)
        #expect(actions == [.wait([1], second)])
        #expect(exchange.heard(second, missing: []) == [.read([1], second)])
        #expect(exchange.read(second, unanswered: [], now: 3_000) == [.finish(second)])
        #expect(exchange.tick(now: 1_000_000) == [])
    }

    @Test mutating func aConfirmationThatFailsIsRepeatedWhileTheUserStaysKnown() throws {
        let (request, _) = exchange.prepare([1], now: 0)
        exchange.complete(request, now: 0)
        let second = try #require(exchange.tick(now: confirming).request)
        _ = exchange.heard(second, missing: [])
        _ = exchange.read(second, unanswered: [1], now: confirming)
        #expect(exchange.knows(1))
        #expect(exchange.tick(now: confirming + again).waits == [[1]])
    }

    @Test mutating func aFriendWhoIsMadeWhileASessionLastsIsReadThoughNobodyWaits() throws {
        _ = exchange.interestChanged(in: 1, isInterested: true, now: 0)
        let actions = exchange.tick(now: 0)
        let request = try #require(actions.request)
        #expect(actions == [.wait([1], request)] && !exchange.knows(1))
        exchange.complete(request, now: 0)
        #expect(exchange.knows(1))
    }

    @Test mutating func aNewInterestInAnOpenChannelReadsNothing() {
        exchange.know([1], now: 0)
        _ = exchange.interestChanged(in: 1, isInterested: true, now: 5_000)
        #expect(exchange.tick(now: 9_000) == [])
    }

    @Test mutating func aRequestTakesOverWhatWasToBeRead() {
        _ = exchange.interestChanged(in: 1, isInterested: true, now: 0)
        _ = exchange.prepare([1], now: 0)
        #expect(exchange.tick(now: 0) == [])
    }

    @Test mutating func aRequestForOthersLeavesThatStanding() {
        exchange.know([1], now: 0)
        let (request, _) = exchange.prepare([2], now: 5_000)
        exchange.complete(request, now: 5_000)
        _ = exchange.prepare([1, 2, 3], now: 5_500)
        #expect(exchange.tick(now: 5_000 + confirming).waits == [[2]])
    }

    @Test mutating func whatIsDueTogetherIsReadTogetherAndInOrder() {
        for user in [3, 1, 2] as [UserIndex] { _ = exchange.interestChanged(in: user, isInterested: true, now: 0) }
        #expect(exchange.tick(now: 0).waits == [[1, 2, 3]])
    }
}

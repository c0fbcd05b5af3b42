import Channels
import Testing

/// Which channels a process hears, and for how long.
@Suite struct ExchangeInterestTests {
    private let idle = FriendsExchange.idleMilliseconds
    private var exchange = FriendsExchange()

    @Test mutating func theFirstInterestSubscribesAndTheNextDoesNot() {
        #expect(exchange.interestChanged(in: 1, isInterested: true, now: 0) == [.subscribe([1])])
        #expect(exchange.interestChanged(in: 1, isInterested: true, now: 0) == [])
        #expect(exchange.channelCount == 1)
    }

    @Test mutating func theEndOfAnInterestThatNeverBeganIsNothing() {
        #expect(exchange.interestChanged(in: 1, isInterested: false, now: 0) == [])
        #expect(exchange.channelCount == 0)
        #expect(exchange.tick(now: idle) { _ in false } == [])
    }

    @Test mutating func aChannelIsLeftAWhileAfterTheLastInterest() {
        exchange.know([1], now: 0)
        #expect(exchange.interestChanged(in: 1, isInterested: false, now: 5_000) == [])
        #expect(exchange.tick(now: 5_000 + idle - 1) { _ in false } == [])
        #expect(exchange.channelCount == 1)
        #expect(exchange.tick(now: 5_000 + idle) { _ in false } == [.unsubscribe([1])])
        #expect(exchange.channelCount == 0)
    }

    @Test mutating func channelsAreLeftInOneActionAndInOrder() {
        exchange.know([3, 1, 2], now: 0)
        for user in [2, 3, 1] as [UserIndex] { _ = exchange.interestChanged(in: user, isInterested: false, now: 5_000) }
        #expect(exchange.tick(now: 5_000 + idle) { $0 == 2 } == [.unsubscribe([1, 3])])
    }

    @Test mutating func aNewInterestKeepsTheChannel() {
        exchange.know([1], now: 0)
        _ = exchange.interestChanged(in: 1, isInterested: false, now: 5_000)
        #expect(exchange.interestChanged(in: 1, isInterested: true, now: 6_000) == [])
        #expect(exchange.tick(now: 5_000 + idle) { _ in false } == [])
    }

    @Test mutating func whoeverIsWantedAfterAllIsNotLeftAndNotAskedForAgain() {
        exchange.know([1], now: 0)
        _ = exchange.interestChanged(in: 1, isInterested: false, now: 5_000)
        #expect(exchange.tick(now: 5_000 + idle) { _ in true } == [])
        #expect(exchange.tick(now: 5_000 + 9 * idle) { _ in false } == [])
        #expect(exchange.channelCount == 1)
    }

    @Test mutating func theLastEndOfAnInterestCounts() {
        exchange.know([1], now: 0)
        _ = exchange.interestChanged(in: 1, isInterested: false, now: 5_000)
        _ = exchange.interestChanged(in: 1, isInterested: false, now: 6_000)
        #expect(exchange.tick(now: 5_000 + idle) { _ in false } == [])
        #expect(exchange.tick(now: 6_000 + idle) { _ in false } == [.unsubscribe([1])])
    }

    /// The session closed before its request was looked at: nobody tells the end of that interest.
    @Test mutating func aChannelThatOnlyARequestWantedIsLeft() {
        let (request, _) = exchange.prepare([1], now: 5_000)
        exchange.complete(request, now: 5_000)
        #expect(exchange.tick(now: 5_000 + idle - 1) { _ in false }.waits == [[1]])
        #expect(exchange.tick(now: 5_000 + idle) { _ in false } == [.unsubscribe([1])])
    }

    @Test mutating func aRequestKeepsAChannelThatWasAboutToBeLeftAsLongAsANewOne() {
        exchange.know([1], now: 0)
        _ = exchange.interestChanged(in: 1, isInterested: false, now: 5_000)
        _ = exchange.prepare([1], now: 9_000)
        #expect(exchange.tick(now: 5_000 + idle) { _ in false } == [])
        #expect(exchange.tick(now: 9_000 + idle) { _ in false } == [.unsubscribe([1])])
    }

    @Test mutating func aRequestForAWantedChannelSaysNothingOfItsEnd() {
        exchange.know([1], now: 0)
        _ = exchange.tick(now: idle)
        _ = exchange.prepare([1], now: idle)
        #expect(exchange.tick(now: 3 * idle) { _ in false } == [])
    }
}

import Channels
import Testing

/// What is done after channels were lost.
@Suite struct ExchangeLossTests {
    private var exchange = FriendsExchange()

    @Test mutating func theCacheIsReadSeveralTimesAfterALoss() {
        exchange.know([1], now: 0)
        let start: Int64 = 10_000
        var times = exchange.restored([1], now: start).reads.isEmpty ? [] : [Int64(0)]
        for time in stride(from: Int64(100), through: 20_000, by: 100) {
            let actions = exchange.tick(now: start + time)
            times += actions.reads.map {
                #expect($0 == [1]); return time
            }
        }
        #expect(times == FriendsExchange.readsAfterLoss)
    }

    @Test mutating func whoWasLostIsUnknownUntilRead() throws {
        exchange.know([1, 2], now: 0)
        let actions = exchange.restored([1], now: 5_000)
        #expect(!exchange.knows(1) && exchange.knows(2))
        let request = try #require(actions.request)
        #expect(actions == [.read([1], request)])
        #expect(exchange.read(request, unanswered: [], now: 5_100) == [.finish(request)])
        #expect(exchange.knows(1))
    }

    @Test mutating func aReadAfterALossThatFailsIsRepeated() {
        exchange.know([1], now: 0)
        let actions = exchange.restored([1], now: 5_000)
        _ = exchange.read(actions.request ?? 0, unanswered: [1], now: 5_100)
        #expect(!exchange.knows(1))
        #expect(exchange.tick(now: 5_100 + FriendsExchange.pauseAfterFailure).waits == [[1]])
    }

    @Test mutating func nobodyIsReadWhoseChannelIsNotWanted() {
        exchange.know([1], now: 0)
        #expect(exchange.restored([2], now: 5_000) == [])
        #expect(exchange.restored([2, 1], now: 5_000).reads == [[1]])
        #expect(exchange.channelCount == 1)
    }

    @Test mutating func aChannelThatIsLeftIsReadNoMore() {
        exchange.know([1, 2], now: 0)
        _ = exchange.interestChanged(in: 1, isInterested: false, now: 2_000)
        _ = exchange.restored([1, 2], now: 9_000)
        let actions = exchange.tick(now: 12_000) { _ in false }
        #expect(actions.first == .unsubscribe([1]) && actions.reads == [[2], [2]])
    }

    @Test mutating func whatWasToBeReadOfALeftChannelIsForgotten() {
        let (request, _) = exchange.prepare([1], now: 0)
        _ = exchange.heard(request, missing: [])
        _ = exchange.read(request, unanswered: [1], now: 9_000)
        #expect(exchange.tick(now: 10_000) { _ in false } == [.unsubscribe([1])])
        #expect(exchange.tick(now: 20_000) == [])
    }
}

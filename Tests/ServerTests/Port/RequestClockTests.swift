import NIOCore
import Testing

@testable import Server

@Suite struct RequestClockTests {
    private let limit = TimeAmount.seconds(10)
    private func at(_ seconds: Int64) -> NIODeadline { .uptimeNanoseconds(1) + .seconds(seconds) }

    @Test func aRequestInOnePieceNeedsNoTimer() {
        var clock = RequestClock()
        clock.headCame()
        clock.endCame()
        let needsTimer = clock.readEnded(now: at(0))
        #expect(!needsTimer)
    }

    @Test func aRequestThatIsIncompleteAtTheEndOfAReadDoes() {
        var clock = RequestClock()
        clock.headCame()
        let first = clock.readEnded(now: at(0))
        clock.bodyCame()
        let second = clock.readEnded(now: at(5))
        #expect((first, second) == (true, false))
        let verdict = clock.timerFired(now: at(10), limit: limit)
        #expect(verdict == .tooSlow)
    }

    @Test func bytesWithoutAPartAreAHeadThatHasBegun() {
        var clock = RequestClock()
        let needsTimer = clock.readEnded(now: at(0))
        #expect(needsTimer)
        let early = clock.timerFired(now: at(0), limit: limit)
        #expect(early == .again(limit))
        let verdict = clock.timerFired(now: at(10), limit: limit)
        #expect(verdict == .tooSlow)
    }

    @Test func theTimerIsReusedForTheNextRequest() {
        var clock = RequestClock()
        let start = clock.start(now: at(0))
        clock.headCame()
        clock.endCame()
        clock.headCame()
        let again = clock.readEnded(now: at(4))
        #expect((start, again) == (true, false))
        let first = clock.timerFired(now: at(10), limit: limit)
        #expect(first == .again(.seconds(4)))
        clock.endCame()
        let second = clock.timerFired(now: at(14), limit: limit)
        #expect(second == .nothing)
        let (ended, next) = (clock.readEnded(now: at(14)), clock.readEnded(now: at(15)))
        #expect((ended, next) == (false, true))
    }
}

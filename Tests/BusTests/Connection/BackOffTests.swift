import Testing

@testable import ChannelBus

@Suite("Pauses between attempts")
struct BackOffTests {
    @Test("At once, then anything up to a bound that doubles to the cap")
    func bounds() {
        var random = SeededRandom(4)
        for (failures, bound) in [(1, 0.0), (2, 0.1), (3, 0.2), (4, 0.4), (7, 3.2), (8, 5), (60, 5)] {
            var backOff = BackOff(cap: .seconds(5))
            for _ in 0..<failures { backOff.fail(uptime: .zero) }
            let pauses = (0..<500).map { _ in backOff.pause(using: &random) / .seconds(1) }
            #expect(pauses.allSatisfy { 0...bound ~= $0 })
            // Full jitter: all over the range, not around its end.
            #expect(pauses.max()! >= bound * 0.9 && pauses.min()! <= bound * 0.1)
        }
    }

    @Test("A connection that held for a second makes the next attempt the first; a shorter one does not")
    func uptime() {
        var backOff = BackOff(cap: .seconds(5))
        for _ in 0..<5 { backOff.fail(uptime: .zero) }
        backOff.fail(uptime: .milliseconds(999))
        #expect(backOff.failures == 6)
        backOff.fail(uptime: .seconds(1))
        #expect(backOff.failures == 1)
    }
}

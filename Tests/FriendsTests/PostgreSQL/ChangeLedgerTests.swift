import Channels
import Testing

@testable import Friends

@Suite struct ChangeLedgerTests {
    private typealias Change = ChangeLedger.Change
    private let start = ContinuousClock.now

    @Test func whatIsHeardAndReadIsToldOnce() {
        var ledger = ChangeLedger(horizon: 10, now: start)
        #expect(ledger.hear(["ann", "bob"], in: 12) == ["ann", "bob"])
        #expect(ledger.hear(["ann"], in: 12) == [])
        let changes = [Change(user: "ann", transaction: 12), Change(user: "carl", transaction: 11)]
        #expect(ledger.read(changes, horizon: 13, now: start) == ["carl"])
        #expect(ledger.read(changes, horizon: 14, now: start) == [])
        #expect(ledger.cursor == 14)
        #expect(ledger.hear(["ann"], in: 15) == ["ann"])
    }

    @Test func aNewConnectionReadsFromWhatHasSettled() {
        var ledger = ChangeLedger(horizon: 10, now: start)
        for second in 1...20 {
            _ = ledger.read([], horizon: UInt64(10 + second), now: start + .seconds(second))
        }
        ledger.reconnect()
        // Six seconds before the last reading.
        #expect(ledger.cursor == 24)
    }

    @Test func anOlderServerAndTooManyChangesAreEverybody() {
        var ledger = ChangeLedger(horizon: 1_000, now: start)
        #expect(ledger.read([], horizon: 5, now: start) == nil)
        #expect(ledger.read([], horizon: 6, now: start) == [])
        func many(_ count: Int) -> [Change] {
            (0..<count).map { Change(user: UserID("u\($0)")!, transaction: 7) }
        }
        #expect(ledger.read(many(ChangeLedger.capacity), horizon: 7, now: start)?.count == ChangeLedger.capacity)
        #expect(ledger.read(many(ChangeLedger.capacity + 1), horizon: 7, now: start) == nil)
    }
}

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
        let changes = [Change(user: "carl", transaction: 11), Change(user: "ann", transaction: 12)]
        #expect(ledger.read(changes) == ["carl"])
        ledger.finish(horizon: 11, now: start)
        #expect(ledger.cursor == 11)
        #expect(ledger.read(changes) == [])
        ledger.finish(horizon: 14, now: start)
        #expect(ledger.hear(["ann"], in: 15) == ["ann"])
    }

    @Test func aNewConnectionReadsFromWhatHasSettled() {
        var ledger = ChangeLedger(horizon: 10, now: start)
        for second in 1...20 { ledger.finish(horizon: UInt64(10 + second), now: start + .seconds(second)) }
        ledger.reconnect()
        // Six seconds before the last reading.
        #expect(ledger.cursor == 24)
    }

    @Test func anOlderServerIsNoticedOnceAndNothingIsRememberedOfTheOther() {
        var ledger = ChangeLedger(horizon: 1_000, now: start)
        #expect(ledger.hear(["ann"], in: 1_001) == ["ann"])
        #expect(!ledger.isOlder(1_000) && ledger.isOlder(999))
        ledger.finish(horizon: 5, now: start)
        #expect(!ledger.isOlder(6) && ledger.cursor == 5)
        #expect(ledger.hear(["ann"], in: 1_001) == ["ann"])
    }

    /// With more than it remembers it tells some twice, and never fewer than all.
    @Test func whatItRemembersIsBounded() {
        var ledger = ChangeLedger(horizon: 1, now: start)
        let changes = (0...ChangeLedger.capacity).map { Change(user: UserID("u\($0)")!, transaction: 7) }
        #expect(ledger.read(Array(changes.dropLast())).count == ChangeLedger.capacity)
        #expect(ledger.read(Array(changes.dropLast())) == [])
        #expect(ledger.read([changes.last!]) == [changes.last!.user])
        #expect(ledger.read([changes[0]]) == ["u0"])
    }
}

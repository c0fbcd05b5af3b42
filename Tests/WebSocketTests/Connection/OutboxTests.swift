import Testing

@testable import WebSocket

@Suite struct OutboxTests {
    @Test func isBlockedUntilTheLastWriteIsDone() {
        var outbox = Outbox()
        outbox.began(bytes: 10)
        outbox.block(now: 5)
        outbox.began(bytes: 20)
        outbox.block(now: 6)
        #expect(outbox.blockedSince == 5)
        let first = outbox.ended(bytes: 10, now: 7)
        #expect(!first && outbox.isBlocked && outbox.blockedSince == 7 && outbox.bytes == 20)
        let second = outbox.ended(bytes: 20, now: 8)
        #expect(second && !outbox.isBlocked && outbox.isEmpty && outbox.bytes == 0)
    }

    @Test func aWriteThatIsDoneAtOnceBlocksNothing() {
        var outbox = Outbox()
        outbox.began(bytes: 10)
        let wasBlocked = outbox.ended(bytes: 10, now: 1)
        #expect(!wasBlocked && !outbox.isBlocked && outbox.isEmpty)
    }
}

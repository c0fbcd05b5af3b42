import Synchronization
import Testing

@testable import Channels

@Suite struct OutboxTests {
    @Test func everyShardGetsItsRecordsInOrderAndOneWakeUp() {
        let wakes = Atomic(0)
        let mailboxes = (0..<3).map { _ in Mailbox { wakes.add(1, ordering: .relaxed) } }
        var outbox = Outbox(shardCount: 3)
        #expect(outbox.isEmpty)
        for number in 0..<10 { outbox.append(Record(kind: 1, user: UInt32(number)), to: number % 2) }
        #expect(!outbox.isEmpty)
        outbox.send(to: mailboxes)
        #expect(outbox.isEmpty)
        #expect(wakes.load(ordering: .relaxed) == 2)
        var received: [[UInt32]] = []
        for mailbox in mailboxes {
            var users: [UInt32] = []
            mailbox.take { users.append($0.user) }
            received.append(users)
        }
        #expect(received == [[0, 2, 4, 6, 8], [1, 3, 5, 7, 9], []])
        outbox.send(to: mailboxes)
        #expect(wakes.load(ordering: .relaxed) == 2)
    }
}

import Foundation
import Synchronization
import Testing

@testable import Channels

@Suite struct MailboxTests {
    private func record(_ number: Int, from sender: Int = 0) -> Record {
        Record(kind: 1, user: UInt32(number), other: UInt32(sender))
    }

    private func taken(from mailbox: Mailbox) -> [UInt32] {
        var users: [UInt32] = []
        mailbox.take { users.append($0.user) }
        return users
    }

    @Test func recordsComeInTheOrderOfTheirSenderAndOnce() {
        let mailbox = Mailbox(wake: {})
        mailbox.push([record(1), record(2)])
        mailbox.push([record(3)])
        #expect(taken(from: mailbox) == [1, 2, 3])
        #expect(taken(from: mailbox) == [])
        mailbox.push([record(4)])
        #expect(taken(from: mailbox) == [4])
    }

    @Test func onlyTheFirstOfAFullMailboxWakes() {
        let wakes = Atomic(0)
        let mailbox = Mailbox { wakes.add(1, ordering: .relaxed) }
        mailbox.push([])
        #expect(wakes.load(ordering: .relaxed) == 0)
        mailbox.push([record(1)])
        mailbox.push([record(2)])
        #expect(wakes.load(ordering: .relaxed) == 1)
        _ = taken(from: mailbox)
        mailbox.push([record(3)])
        #expect(wakes.load(ordering: .relaxed) == 2)
    }

    @Test func whatIsPushedWhileTakingWaitsForTheNextTake() {
        let mailbox = Mailbox(wake: {})
        mailbox.push([record(1)])
        mailbox.take { _ in mailbox.push([record(2)]) }
        #expect(taken(from: mailbox) == [2])
    }

    @Test func whatNobodyTakesIsFreedWithTheMailbox() {
        for _ in 0..<3 {
            let mailbox = Mailbox(wake: {})
            for number in 0..<1_000 { mailbox.push([record(number)]) }
        }
    }

    /// The owner looks only when it was woken, so a lost wake-up leaves records missing.
    @Test func manyThreadsLoseNothingAndKeepTheirOrder() {
        let senders = 4
        let perSender = 20_000
        let semaphore = DispatchSemaphore(value: 0)
        let mailbox = Mailbox { semaphore.signal() }
        let disorder = Atomic(0)
        let missing = Atomic(-1)
        Threads.run(senders + 1) { thread in
            if thread < senders {
                var random = SeededRandom(seed: UInt64(thread))
                var next = 0
                while next < perSender {
                    let last = min(perSender, next + Int.random(in: 1...3, using: &random))
                    mailbox.push(
                        (next..<last).map { Record(kind: 1, user: UInt32($0), other: UInt32(thread)) })
                    next = last
                }
                return
            }
            var expected = [UInt32](repeating: 0, count: senders)
            var received = 0
            while received < senders * perSender {
                guard semaphore.wait(timeout: .now() + .seconds(60)) == .success else { break }
                mailbox.take { record in
                    if record.user != expected[Int(record.other)] { disorder.add(1, ordering: .relaxed) }
                    expected[Int(record.other)] = record.user + 1
                    received += 1
                }
            }
            missing.store(senders * perSender - received, ordering: .relaxed)
        }
        #expect(missing.load(ordering: .relaxed) == 0)
        #expect(disorder.load(ordering: .relaxed) == 0)
    }
}

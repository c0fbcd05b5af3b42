import Channels
import Testing

@testable import Server

@Suite struct PendingRelationsTests {
    private func ids(_ prefix: String, _ count: Int) -> [UserID] {
        (0..<count).map { UserID("\(prefix)\($0)")! }
    }

    @Test func fewDoNotWaitBehindMany() {
        var pending = PendingRelations()
        let many = ids("many", Limits.fewChanges + 1)
        let few = ids("few", Limits.fewChanges)
        pending.add(many, since: 1)
        pending.add(few, since: 2)
        #expect(Set(pending.take(Limits.fewChanges).users) == Set(few))
        #expect(pending.take(1).users == [many[0]])
        #expect(Set(pending.take(1_000).users) == Set(many.dropFirst()))
        #expect(pending.take(1).users == [])
    }

    @Test func whoComesAgainStandsOnceAndKeepsItsTime() {
        var pending = PendingRelations()
        let many = ids("u", Limits.fewChanges + 1)
        pending.add(many, since: 5)
        pending.add([many[20]], since: 9)
        pending.add([many[20]], since: 9)
        let first = pending.take(1)
        #expect(first.since == [many[20]: 5])
        pending.giveBack(first)
        let rest = pending.take(1_000)
        #expect(rest.users.count == many.count && rest.since.values.allSatisfy { $0 == 5 })
        #expect(pending.take(1).users == [])
    }

    @Test func whoWaitsTooLongIsNamedOnce() {
        var pending = PendingRelations()
        let users = ids("u", 3)
        pending.add([users[0]], since: 10)
        pending.add([users[1]], since: 11)
        #expect(pending.takeOverdue(since: 10) == [])
        #expect(pending.takeOverdue(since: 11) == [users[0]])
        #expect(pending.takeOverdue(since: 11) == [])
        #expect(pending.take(9).users == [users[1]])
        // What was taken before its time and comes back late is overdue.
        pending.add([users[2]], since: 1)
        let batch = pending.take(1)
        pending.giveBack(batch)
        #expect(pending.takeOverdue(since: 2) == [users[2]])
    }
}

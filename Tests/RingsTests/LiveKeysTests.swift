import ChannelBus
import Etcd
import Testing

@testable import Rings

@Suite struct LiveKeysTests {
    private func keys(processes: [String], votes: [(String, String)]) -> LiveKeys {
        var keys = LiveKeys()
        for process in processes { keys.take(change("/nearby/processes/" + process)) }
        for (number, vote) in votes.enumerated() {
            keys.take(change(LiveKeys.voteKey(server: vote.0, process: vote.1), Int64(number + 1)))
        }
        return keys
    }

    private func change(_ key: String, _ revision: Int64 = 1, isGone: Bool = false) -> EtcdChange {
        EtcdChange(
            key: key, value: isGone ? nil : EtcdValue(key: key, value: [], modified: revision, lease: 1),
            revision: revision)
    }

    @Test(arguments: [
        (1, 1, true), (2, 1, false), (2, 2, true), (3, 1, false), (3, 2, true), (4, 2, false), (4, 3, true),
    ])
    func moreThanHalfDecide(_ processes: Int, _ votes: Int, _ isMajority: Bool) {
        let names = (0..<processes).map { "p\($0)" }
        let keys = keys(processes: names, votes: names.prefix(votes).map { ("h:1", $0) })
        #expect((keys.majority(against: "h:1") != nil) == isMajority)
        #expect(keys.majority(against: "h:2") == nil)
    }

    @Test func nobodyIsNoMajority() {
        #expect(LiveKeys().majority(against: "h:1") == nil)
    }

    @Test func theDeadDoNotVoteAndVotesAreTakenBack() {
        var keys = keys(processes: ["a", "b", "c"], votes: [("[::1]:1", "a"), ("[::1]:1", "b"), ("[::1]:1", "dead")])
        #expect(
            keys.majority(against: "[::1]:1")
                == ["/nearby/unreachable/[::1]:1/a": 1, "/nearby/unreachable/[::1]:1/b": 2])
        keys.take(change("/nearby/processes/b", 9, isGone: true))
        #expect(keys.majority(against: "[::1]:1") == nil)
        keys.take(change("/nearby/processes/c", 10, isGone: true))
        #expect(keys.majority(against: "[::1]:1")?.count == 1)
        keys.take(change("/nearby/unreachable/[::1]:1/a", 11, isGone: true))
        #expect(keys.majority(against: "[::1]:1") == nil)
    }
}

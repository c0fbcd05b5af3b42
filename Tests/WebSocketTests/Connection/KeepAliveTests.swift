import Testing

@testable import WebSocket

@Suite struct KeepAliveTests {
    private func actions(_ keepAlive: inout KeepAlive, now: Int64) -> [KeepAlive.Action] {
        var actions: [KeepAlive.Action] = []
        while let action = keepAlive.next(now: now) { actions.append(action) }
        return actions
    }

    @Test func pingsAfterTheIntervalAndJudgesAfterThePatience() {
        var keepAlive = KeepAlive(interval: 25_000, patience: 10_000)
        let slot = keepAlive.insert(now: 100)
        #expect(actions(&keepAlive, now: 10_099).isEmpty)
        #expect(actions(&keepAlive, now: 10_100) == [.judge(slot)])
        #expect(actions(&keepAlive, now: 25_099).isEmpty)
        #expect(actions(&keepAlive, now: 25_100) == [.ping(slot)])
        #expect(actions(&keepAlive, now: 35_099).isEmpty)
        #expect(actions(&keepAlive, now: 35_100) == [.judge(slot)])
        #expect(actions(&keepAlive, now: 50_100) == [.ping(slot)])
    }

    @Test func removedMembersAreLeftAlone() {
        var keepAlive = KeepAlive(interval: 20, patience: 10)
        let slots = (0..<5).map { _ in keepAlive.insert(now: 0) }
        keepAlive.remove(slots[0])
        keepAlive.remove(slots[4])
        keepAlive.remove(slots[2])
        #expect(actions(&keepAlive, now: 10) == [.judge(slots[1]), .judge(slots[3])])
        keepAlive.remove(slots[1])
        #expect(actions(&keepAlive, now: 20) == [.ping(slots[3])])
        keepAlive.remove(slots[3])
        #expect(actions(&keepAlive, now: 1000).isEmpty)
        #expect(slots.contains(keepAlive.insert(now: 1000)))
    }

    /// Against a model that looks at everybody.
    @Test(arguments: 0..<20)
    func agreesWithAScan(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var keepAlive = KeepAlive(interval: 25, patience: 10)
        var model: [KeepAlive.Slot: (since: Int64, isPinged: Bool)] = [:]
        for now in Int64(0)..<400 {
            if Int.random(in: 0..<3, using: &random) == 0 {
                model[keepAlive.insert(now: now)] = (now, true)
            }
            if Int.random(in: 0..<5, using: &random) == 0, let slot = model.keys.sorted().randomElement(using: &random)
            {
                keepAlive.remove(slot)
                model[slot] = nil
            }
            for action in actions(&keepAlive, now: now) {
                switch action {
                case .judge(let slot):
                    #expect(model[slot]?.isPinged == true && now - model[slot]!.since == 10)
                    model[slot]?.isPinged = false
                case .ping(let slot):
                    #expect(model[slot]?.isPinged == false && now - model[slot]!.since == 25)
                    model[slot] = (now, true)
                }
            }
            for (_, member) in model { #expect(now - member.since < (member.isPinged ? 10 : 25)) }
        }
    }
}

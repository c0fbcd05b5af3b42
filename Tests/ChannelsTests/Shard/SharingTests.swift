import Testing

@testable import Channels

@Suite struct SharingTests {
    private let stage = Stage(shards: 2)
    private let me: UserIndex
    private let friend: UserIndex
    private let mine: UInt32
    private let other: UInt32

    init() {
        me = stage.person(1)
        friend = stage.person(2)
        mine = stage.open(me, friends: [friend]).session
        other = stage.open(friend, friends: [me], at: 100, on: 1).session
        stage.tick()
        for sink in stage.sinks { _ = sink.take() }
    }

    private func items(on shard: Int) -> [RecordingSink.Item] {
        stage.tick()
        return stage.sinks[shard].take().flatMap(\.items)
    }

    @Test func whoDoesNotShareKeepsItsOwnList() {
        stage.engine.setSharing(me, false, epoch: 1)
        #expect(items(on: 1) == [.init(user: me, kind: .stopped)])
        stage.now += 1
        stage.shards[0].publish(mine, Stage.place(-950), timestamp: stage.now, now: stage.now)
        #expect(items(on: 0) == [.init(user: friend, kind: .outOfRange)])
        stage.now += 1
        stage.shards[0].publish(mine, Stage.place(0), timestamp: stage.now, now: stage.now)
        #expect(items(on: 0).map(\.user) == [friend])
        #expect(items(on: 1).isEmpty)
    }

    @Test func sharingAgainRepublishesAPositionThatIsNotTooOld() {
        stage.engine.setSharing(me, false, epoch: 1)
        stage.now += 1
        stage.shards[0].publish(mine, Stage.place(50), timestamp: stage.now, now: stage.now)
        let newest = stage.now
        _ = items(on: 1)
        stage.pass(599_000)
        stage.engine.setSharing(me, true, epoch: 2)
        #expect(items(on: 1) == [.init(user: me, kind: .shown, timestamp: newest)])
    }

    @Test func sharingAgainAfterTheInactivityTimeShowsNothing() {
        stage.engine.setSharing(me, false, epoch: 1)
        _ = items(on: 1)
        stage.pass(600_000)
        _ = items(on: 1)
        stage.engine.setSharing(me, true, epoch: 2)
        #expect(items(on: 1).isEmpty)
    }

    @Test func aNewerTimestampOfAnOlderEpochChangesNothing() {
        var state = stage.engine.users.state(of: me)!
        stage.engine.setSharing(me, false, epoch: 1)
        _ = items(on: 1)
        state.timestamp += 1_000
        stage.engine.mailboxes[1].push([Record(state, of: me)])
        #expect(items(on: 1).isEmpty)
        #expect(stage.shards[1].nextPage(other).total == 0)
    }

    @Test func doublesAndOldStatesChangeNothing() {
        var states: [UserState] = []
        for step in 1...5 {
            stage.now += 1
            states += [
                stage.shards[0].publish(
                    mine, Stage.place(Double(step)), timestamp: stage.now, now: stage.now)!
            ]
        }
        #expect(items(on: 1).map(\.timestamp) == [stage.now])
        for state in states + states.reversed() { stage.engine.mailboxes[1].push([Record(state, of: me)]) }
        #expect(items(on: 1).isEmpty)
    }

    @Test func anErasedUserComesBackOnlyByBeingCreatedAgain() {
        let before = stage.engine.users.state(of: me)!
        stage.shards[0].close(mine)
        stage.engine.erase(me, epoch: 3)
        #expect(items(on: 1) == [.init(user: me, kind: .stopped)])
        stage.engine.mailboxes[1].push([Record(before, of: me)])
        stage.engine.users.restore(me, before)
        #expect(items(on: 1).isEmpty)
        stage.now += 1
        #expect(!stage.locate(me, at: 5), "still erased")
        #expect(items(on: 1).isEmpty)
        stage.engine.setSharing(me, true, epoch: 4)
        #expect(items(on: 1).isEmpty, "nothing from before the erasure comes back")
        #expect(stage.locate(me, at: 5))
        #expect(items(on: 1) == [.init(user: me, kind: .shown, timestamp: stage.now)])
    }

    @Test func restoredPositionsAreShownAsLongAsTheyAreFresh() {
        let stage = Stage()
        let (fresh, old, hidden) = (stage.person(2), stage.person(3), stage.person(4))
        for (user, age, epoch) in [(fresh, 599_000, 0), (old, 600_000, 0), (hidden, 1_000, 1)]
            as [(UInt32, Int64, UInt32)]
        {
            let flags: UserState.Flags = user == hidden ? .located : [.located, .sharing]
            stage.engine.users.restore(
                user,
                UserState(
                    coordinate: Stage.place(10), timestamp: 5, heard: stage.now - age, epoch: epoch,
                    flags: flags))
        }
        let (session, page) = stage.open(stage.person(1), friends: [fresh, old, hidden])
        #expect(page.items.map(\.user) == [fresh])
        stage.pass(1_000 + 600_000 / 512 + 1)
        #expect(
            stage.sink.take() == [
                .init(session: session, items: [.init(user: fresh, kind: .inactive)], total: 0)
            ])
    }
}

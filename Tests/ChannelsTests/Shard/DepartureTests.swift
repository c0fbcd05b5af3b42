import Geo
import Testing

@testable import Channels

/// Why a friend leaves the list.
@Suite struct DepartureTests {
    private let stage = Stage()
    private let me: UserIndex
    private let friend: UserIndex
    private let session: UInt32

    init() {
        me = stage.person(1)
        friend = stage.person(2)
        stage.locate(friend, at: 100)
        session = stage.open(me, friends: [friend]).session
    }

    private func expectGone(_ kind: FrameItem.Kind) {
        let items = [RecordingSink.Item(user: friend, kind: kind)]
        #expect(stage.frames() == [.init(session: session, items: items, total: 0)])
        #expect(stage.frames().isEmpty)
    }

    @Test func theFriendMovedAway() {
        stage.now += 1
        stage.locate(friend, at: 1_001)
        expectGone(.outOfRange)
    }

    @Test func theReceiverMovedAway() {
        stage.now += 1
        stage.shard.publish(session, Stage.place(-901), timestamp: stage.now, now: stage.now)
        expectGone(.outOfRange)
    }

    @Test func theRadiusShrank() {
        stage.shard.setRadius(session, Radius(metres: 99)!, now: stage.now)
        expectGone(.outOfRange)
        stage.shard.setRadius(session, Radius(metres: 101)!, now: stage.now)
        #expect(stage.frames().flatMap(\.items) == [.init(user: friend, kind: .shown, timestamp: stage.now)])
    }

    @Test func theFriendWasSilent() {
        stage.now += 599_000
        stage.shard.publish(session, Stage.place(0), timestamp: stage.now, now: stage.now)
        #expect(stage.frames().isEmpty)
        stage.now += 1_000 + 600_000 / 512 + 1
        expectGone(.inactive)
    }

    @Test func theFriendSharesNoMore() {
        stage.engine.setSharing(friend, false, epoch: 1)
        expectGone(.stopped)
        stage.now += 1
        stage.locate(friend, at: 1)
        #expect(stage.frames().isEmpty)
    }

    @Test func theFriendWasErased() {
        stage.engine.erase(friend, epoch: 1)
        expectGone(.stopped)
    }

    @Test func theFriendshipEnded() {
        stage.engine.unfriend(me, friend)
        expectGone(.unfriended)
    }

    @Test func aBlockHidesThem() {
        stage.engine.unfriend(me, friend, kind: .stopped)
        expectGone(.stopped)
    }

    @Test func whoStopsSharingOutOfRangeWasGoneAlready() {
        stage.now += 1
        stage.locate(friend, at: 5_000)
        expectGone(.outOfRange)
        stage.engine.setSharing(friend, false, epoch: 1)
        #expect(stage.frames().isEmpty)
    }

    @Test func enteringAndLeavingBetweenTwoFramesIsNotReported() {
        let stage = Stage(interval: 250)
        let (passing, staying) = (stage.person(3), stage.person(4))
        stage.locate(passing, at: 5_000)
        _ = stage.open(stage.person(1), friends: [passing, staying])
        stage.locate(staying, at: 1)
        _ = stage.frames()
        for (step, metres) in [10.0, 5_000].enumerated() {
            stage.now += 1
            stage.locate(passing, at: metres, timestamp: stage.now + Int64(step))
            stage.tick()
        }
        stage.pass(300)
        #expect(stage.sink.take().isEmpty)
    }

    @Test func whoIsShownStandsBeforeWhoIsGone() {
        let people = (10..<30).map { stage.person($0) }
        for person in people { stage.shard.follow(session, person, now: stage.now) }
        for person in people { stage.locate(person, at: 10) }
        _ = stage.frames()
        stage.now += 1
        for (i, person) in people.enumerated() { stage.locate(person, at: i % 2 == 0 ? 5_000 : 20) }
        stage.engine.unfriend(me, friend)
        let frames = stage.frames()
        #expect(frames.count == 1)
        let kinds = frames.flatMap(\.items).map(\.kind)
        #expect(kinds.prefix(10).allSatisfy { $0 == .shown })
        #expect(kinds.dropFirst(10).dropLast().allSatisfy { $0 == .outOfRange })
        #expect(kinds.last == .unfriended && kinds.count == 21)
        #expect(frames.first?.total == 10)
    }
}

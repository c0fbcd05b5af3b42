import Testing

@testable import Channels

/// A client that does not read costs its dirty bits and nothing else.
@Suite struct SlowClientTests {
    @Test func getsOneFrameAndThenTheNewestStates() {
        let stage = Stage(interval: 250)
        let friends = [stage.person(2), stage.person(3)]
        let session = stage.open(stage.person(1), friends: friends).session
        stage.sink.takesMore = false
        for step in 0..<100 {
            stage.now += 300
            for friend in friends { stage.locate(friend, at: Double(step)) }
            stage.tick()
        }
        let newest = stage.now
        #expect(stage.sink.take().count == 1)
        stage.pass(10_000)
        #expect(stage.sink.take().isEmpty)
        stage.sink.takesMore = true
        stage.shard.unblock(session, now: stage.now)
        let items = friends.map { RecordingSink.Item(user: $0, kind: .shown, timestamp: newest) }
        #expect(stage.frames() == [.init(session: session, items: items, total: nil)])
    }

    @Test func isNotFlushedByAWakeEither() {
        let stage = Stage()
        let friend = stage.person(2)
        let session = stage.open(stage.person(1), friends: [friend]).session
        stage.sink.takesMore = false
        stage.locate(friend, at: 1)
        #expect(stage.frames().count == 1)
        stage.shard.wake(session)
        stage.now += 1
        stage.locate(friend, at: 2)
        #expect(stage.frames().isEmpty)
        stage.shard.unblock(session, now: stage.now)
        #expect(stage.frames().count == 1)
        stage.shard.unblock(session, now: stage.now)
        #expect(stage.frames().isEmpty, "nothing is left to be said")
    }

    @Test func whatComesUpDuringTheFrameThatBlocksItWaits() {
        let stage = Stage()
        let friend = stage.person(2)
        let session = stage.open(stage.person(1), friends: [friend]).session
        stage.sink.takesMore = false
        stage.sink.whileDelivering = { [unowned stage] session in
            stage.shard.wake(session)
            stage.locate(friend, at: 2, timestamp: stage.now + 1)
        }
        stage.locate(friend, at: 1)
        #expect(stage.frames().count == 1)
        stage.sink.whileDelivering = { _ in }
        stage.shard.unblock(session, now: stage.now)
        #expect(stage.frames().flatMap(\.items).map(\.timestamp) == [stage.now + 1])
    }

    @Test func becomingBlockedWhileItWaitsForItsIntervalLosesNothing() {
        let stage = Stage(interval: 250)
        let friend = stage.person(2)
        let session = stage.open(stage.person(1), friends: [friend]).session
        stage.locate(friend, at: 1)
        #expect(stage.frames().count == 1)
        stage.now += 10
        stage.locate(friend, at: 2)
        stage.sink.takesMore = false
        stage.shard.wake(session)
        #expect(stage.frames().count == 1)
        stage.now += 10
        stage.locate(friend, at: 3)
        stage.pass(1_000)
        #expect(stage.sink.take().isEmpty)
        stage.sink.takesMore = true
        stage.shard.unblock(session, now: stage.now)
        #expect(stage.frames().flatMap(\.items).map(\.timestamp) == [stage.now - 1_000])
    }

    @Test func memoryIsBoundedHoweverMuchIsPublished() {
        let stage = Stage(shards: 2, interval: 250)
        let friends = (0..<50).map { stage.person(100 + $0) }
        let (me, gone) = (stage.person(1), stage.person(2))
        stage.locate(gone, at: 1)
        _ = stage.open(me, friends: friends + [gone])
        let sender = stage.open(friends[0], friends: [me], on: 1).session
        stage.sink.takesMore = false
        for step in 0..<100_000 {
            stage.now += 1
            if step % 50 == 0 {
                stage.shards[1].publish(sender, Stage.place(1), timestamp: stage.now, now: stage.now)
                stage.engine.unfriend(me, gone)
                stage.engine.befriend(me, gone)
            } else {
                stage.locate(friends[step % 50], at: Double(step % 3_000))
            }
            if step % 10 == 0 { stage.tick() }
        }
        let shard = stage.shard
        #expect(stage.sink.take().count == 1)
        #expect(shard.channelCount == 52 && shard.sessionCount == 1)
        #expect(shard.channelSlab.limit == 53 && shard.sessionSlab.limit == 2)
        #expect(shard.ready.count <= 1 && shard.undelayed.capacity <= 16)
        #expect((shard.rarities.first?.value.farewells.count ?? 0) <= 1 && shard.rarities.count <= 1)
        #expect(shard.channels[1].subscriberCapacity <= 4)
    }
}

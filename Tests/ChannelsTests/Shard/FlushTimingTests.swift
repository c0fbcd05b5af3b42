import Geo
import Testing

@testable import Channels

/// At once when idle, together when not.
@Suite struct FlushTimingTests {
    private func pair(interval: Int64) -> (stage: Stage, session: UInt32, friend: UserIndex) {
        let stage = Stage(interval: interval)
        let friend = stage.person(2)
        return (stage, stage.open(stage.person(1), friends: [friend]).session, friend)
    }

    @Test func withoutAnIntervalEveryTickWithAChangeGivesAFrame() {
        let (stage, _, friend) = pair(interval: 0)
        for step in 1...5 {
            stage.now += 1
            stage.locate(friend, at: Double(step))
            #expect(stage.frames().count == 1)
        }
        #expect(stage.shard.nextDue != nil, "the wheel waits for the inactivity")
    }

    @Test func anIdleSessionIsFlushedAtOnceAndABusyOneAfterTheInterval() {
        let (stage, _, friend) = pair(interval: 250)
        stage.locate(friend, at: 1)
        #expect(stage.frames().count == 1)
        for step in 1...24 {
            stage.now += 10
            stage.locate(friend, at: Double(step))
            #expect(stage.frames().isEmpty)
        }
        let last = stage.now
        stage.pass(10 + EngineSettings.flushBucketMilliseconds)
        #expect(
            stage.sink.take().map(\.items) == [[.init(user: friend, kind: .shown, timestamp: last)]])
    }

    @Test func theDelayedFlushIsAnnounced() throws {
        let (stage, _, friend) = pair(interval: 250)
        stage.locate(friend, at: 1)
        stage.tick()
        let flushed = stage.now
        stage.now += 100
        stage.locate(friend, at: 2)
        stage.tick()
        let due = try #require(stage.shard.nextDue)
        #expect((flushed + 250..<flushed + 250 + EngineSettings.flushBucketMilliseconds).contains(due))
        _ = stage.sink.take()
        stage.now = due
        #expect(stage.frames().count == 1)
    }

    @Test func aFrameThatTheEdgeAskedForBeginsANewInterval() {
        let (stage, session, friend) = pair(interval: 250)
        stage.locate(friend, at: 1)
        #expect(stage.frames().count == 1)
        stage.now += 100
        stage.locate(friend, at: 2)
        #expect(stage.frames().isEmpty)
        stage.now += 100
        stage.shard.wake(session)
        #expect(stage.frames().count == 1)
        let woken = stage.now
        stage.now += 10
        stage.locate(friend, at: 3)
        while stage.now < woken + 250 {
            #expect(stage.frames().isEmpty, "\(stage.now - woken) ms after the last frame")
            stage.now += 10
        }
        stage.pass(EngineSettings.flushBucketMilliseconds)
        #expect(stage.sink.take().count == 1)
    }

    @Test func aWokenSessionGetsAFrameThatMayBeEmpty() {
        let (stage, session, _) = pair(interval: 250)
        stage.shard.wake(session)
        stage.shard.wake(session)
        #expect(stage.frames() == [.init(session: session, items: [], total: nil)])
        #expect(stage.frames().isEmpty)
    }

    @Test func nothingIsSentBeforeTheWelcome() {
        let stage = Stage()
        let (me, friend) = (stage.person(1), stage.person(2))
        let session = stage.shard.begin(me, radius: Radius(metres: 1_000)!, now: stage.now)!
        stage.shard.publish(session, Stage.place(0), timestamp: stage.now, now: stage.now)
        stage.shard.install(session, friends: [friend], now: stage.now)
        stage.locate(friend, at: 1)
        stage.shard.wake(session)
        #expect(stage.frames().isEmpty)
        #expect(stage.shard.welcome(session, now: stage.now).items.map(\.user) == [friend])
        #expect(stage.frames() == [.init(session: session, items: [], total: nil)])
    }

    @Test func manyChangesOfATickAreOneFrame() {
        let stage = Stage()
        let friends = (2...41).map { stage.person($0) }
        let session = stage.open(stage.person(1), friends: friends).session
        for friend in friends { stage.locate(friend, at: 5) }
        for friend in friends { stage.locate(friend, at: 6, timestamp: stage.now + 1) }
        let frames = stage.frames()
        #expect(frames.count == 1)
        #expect(frames.first?.session == session)
        #expect(Set(frames.flatMap(\.items).map(\.user)) == Set(friends))
        #expect(frames.flatMap(\.items).allSatisfy { $0.timestamp == stage.now + 1 })
        #expect(frames.first?.total == 40)
    }
}

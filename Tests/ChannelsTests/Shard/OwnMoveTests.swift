import Geo
import Testing

@testable import Channels

/// The receiver's own move.
@Suite struct OwnMoveTests {
    @Test func bringsInAndTakesAwayButDoesNotResendWhoStays() {
        let stage = Stage()
        let (left, stays, enters) = (stage.person(2), stage.person(3), stage.person(4))
        for (friend, metres) in [(left, -900.0), (stays, 400.0), (enters, 1_300.0)] {
            stage.locate(friend, at: metres)
        }
        let (session, page) = stage.open(stage.person(1), friends: [left, stays, enters])
        #expect(page.items.map(\.user) == [stays, left])
        let then = stage.now
        stage.now += 1
        stage.shard.publish(session, Stage.place(500), timestamp: stage.now, now: stage.now)
        #expect(
            stage.frames().map(\.items) == [
                [
                    .init(user: enters, kind: .introduced, timestamp: then),
                    .init(user: left, kind: .outOfRange),
                ]
            ])
    }

    @Test func aLocationThatIsNotNewerMovesNobody() {
        let stage = Stage()
        let friend = stage.person(2)
        stage.locate(friend, at: 10)
        let session = stage.open(stage.person(1), friends: [friend]).session
        for timestamp in [stage.now, stage.now - 1] {
            #expect(
                stage.shard.publish(session, Stage.place(9_000), timestamp: timestamp, now: stage.now) == nil)
        }
        #expect(stage.frames().isEmpty)
        #expect(stage.shard.counters.stale == 2)
    }

    @Test func aSenderDoesNotGetItsOwnUpdates() {
        let stage = Stage()
        let (me, friend) = (stage.person(1), stage.person(2))
        let session = stage.open(me, friends: [friend]).session
        _ = stage.open(me, friends: [friend])
        let other = stage.open(friend, friends: [me]).session
        _ = stage.frames()
        stage.now += 1
        stage.shard.publish(session, Stage.place(5), timestamp: stage.now, now: stage.now)
        #expect(stage.frames().map(\.session) == [other])
    }

    @Test func nobodyFollowsItself() {
        let stage = Stage()
        let me = stage.person(1)
        let (session, page) = stage.open(me, friends: [me])
        stage.engine.befriend(me, me)
        stage.now += 1
        stage.locate(me, at: 1)
        #expect(page.items.isEmpty && stage.frames().isEmpty)
        #expect(stage.shard.resubscribe(session, to: me, now: stage.now) == .notFriend)
    }

    @Test func anySessionsLocationMovesAllOfTheUsersSessionsOnEveryShard() {
        let stage = Stage(shards: 3)
        let (me, friend) = (stage.person(1), stage.person(2))
        stage.locate(friend, at: 5_000)
        let sessions = (0..<3).map { stage.open(me, friends: [friend], on: $0).session }
        stage.tick()
        stage.now += 1
        stage.shards[1].publish(sessions[1], Stage.place(4_500), timestamp: stage.now, now: stage.now)
        stage.tick()
        for (shard, sink) in stage.sinks.enumerated() {
            let frames = sink.take()
            #expect(frames.map(\.session) == [sessions[shard]])
            #expect(frames.flatMap(\.items).map(\.user) == [friend])
        }
    }

    @Test func eachSessionHasItsOwnRadius() {
        let stage = Stage()
        let (me, friend) = (stage.person(1), stage.person(2))
        let near = stage.open(me, friends: [friend], radius: 100).session
        let far = stage.open(me, friends: [friend], radius: 10_000).session
        stage.now += 1
        stage.locate(friend, at: 5_000)
        #expect(stage.frames().map(\.session) == [far])
        stage.now += 1
        stage.locate(friend, at: 50)
        #expect(Set(stage.frames().map(\.session)) == [near, far])
    }

    @Test func aHelloWithAnOlderTimeIsAnsweredFromTheNewestPosition() {
        let stage = Stage()
        let (me, friend) = (stage.person(1), stage.person(2))
        stage.locate(friend, at: 5_000)
        _ = stage.open(me, friends: [friend], at: 5_000)
        let session = stage.shard.begin(me, radius: Radius(metres: 1_000)!, now: stage.now)!
        #expect(
            stage.shard.publish(session, Stage.place(0), timestamp: stage.now - 1, now: stage.now) == nil)
        stage.shard.install(session, friends: [friend], now: stage.now)
        #expect(stage.shard.welcome(session, now: stage.now).items.map(\.user) == [friend])
    }

    @Test func whoIsInactiveItselfStillSeesFromWhereItWas() {
        let stage = Stage()
        let (me, friend) = (stage.person(1), stage.person(2))
        let session = stage.open(me, friends: [friend]).session
        stage.pass(700_000)
        stage.locate(friend, at: 10)
        #expect(stage.frames().map(\.session) == [session])
        let second = stage.shard.begin(me, radius: Radius(metres: 1_000)!, now: stage.now)!
        stage.shard.install(second, friends: [friend], now: stage.now)
        #expect(stage.shard.welcome(second, now: stage.now).items.count == 1)
    }
}

import Geo
import Testing

@testable import Channels

/// At the limit it works, one more is refused and does no harm.
@Suite struct LimitsTests {
    @Test func fiveThousandFriends() {
        let stage = Stage()
        let friends = (0...EngineSettings.maximumFollows).map { stage.person(100 + $0) }
        let session = stage.open(stage.person(1), friends: friends).session
        #expect(stage.shard.followed(by: session) == Array(friends.dropLast()))
        for friend in friends.suffix(2) { stage.locate(friend, at: 1) }
        #expect(stage.frames().flatMap(\.items).map(\.user) == [friends[EngineSettings.maximumFollows - 1]])
        stage.shard.follow(session, friends.last!, now: stage.now)
        #expect(!stage.shard.isFriend(friends.last!, of: session))
        stage.shard.unsubscribe(session, from: friends[17])
        stage.shard.follow(session, friends.last!, now: stage.now)
        #expect(stage.frames().flatMap(\.items).map(\.user) == [friends.last!])
        stage.shard.close(session)
        #expect(stage.shard.sessionCount == 0)
    }

    @Test func asManySubscribersAsAChannelCanHave() {
        let stage = Stage()
        let (friend, me) = (stage.person(2), stage.person(1))
        let radius = Radius(metres: 1_000)!
        let sessions = (0...Int(UInt16.max)).map { _ in
            let session = stage.shard.begin(me, radius: radius, now: stage.now)!
            stage.shard.install(session, friends: [friend], now: stage.now)
            _ = stage.shard.welcome(session, now: stage.now)
            return session
        }
        let last = sessions.last!
        #expect(stage.shard.isFriend(friend, of: sessions[Int(UInt16.max) - 1]))
        #expect(!stage.shard.isFriend(friend, of: last))
        stage.shard.follow(last, stage.person(3), now: stage.now)
        #expect(stage.shard.followed(by: last) == [stage.person(3)])
        stage.shard.publish(last, Stage.place(0), timestamp: stage.now, now: stage.now)
        stage.locate(friend, at: 1)
        let frames = stage.frames()
        #expect(Set(frames.map(\.session)) == Set(sessions.dropLast()))
        for session in sessions.reversed() { stage.shard.close(session) }
        stage.pass(700_000)
        #expect(stage.shard.sessionCount == 0 && stage.shard.channelCount == 0)
    }

    @Test func sixtyFourShards() {
        let stage = Stage(shards: EngineSettings.maximumShards)
        let (me, friend) = (stage.person(1), stage.person(2))
        for shard in stage.shards.indices { _ = stage.open(me, friends: [friend], on: shard) }
        stage.locate(friend, at: 5, on: 63)
        stage.tick()
        for sink in stage.sinks { #expect(sink.take().flatMap(\.items).map(\.user) == [friend]) }
    }

    @Test func versionsComeRoundWithoutEverBeingZero() {
        let stage = Stage()
        let friend = stage.person(2)
        stage.locate(friend, at: 1)
        let page = stage.open(stage.person(1), friends: [friend]).page
        stage.shard.lastVersion = .max - 1
        for expected: UInt32 in [.max, 1, 2] {
            stage.now += 1
            stage.locate(friend, at: 1)
            #expect(stage.shard.state(ofChannel: page.items[0].channel).version == expected)
        }
    }
}

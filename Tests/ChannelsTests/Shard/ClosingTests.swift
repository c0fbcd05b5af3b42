import Testing

@testable import Channels

/// A session may be closed at any time, whatever list it is in.
@Suite struct ClosingTests {
    @Test func closedWhileBothReadyAndDelayedItsIndexIsGivenBackOnce() {
        let stage = Stage(interval: 250)
        let (me, friend) = (stage.person(1), stage.person(2))
        let (session, _) = stage.open(me, friends: [friend])
        stage.locate(friend, at: 10)
        stage.tick()
        stage.now += 10
        stage.locate(friend, at: 20)
        stage.now += 300
        stage.shard.wake(session)
        stage.shard.close(session)
        stage.tick()
        #expect(stage.shard.sessionCount == 0)
        let first = stage.open(me, friends: [friend]).session
        let second = stage.open(friend, friends: [me]).session
        #expect(first != second)
    }

    @Test func closedInItsOwnDeliveryItsIndexIsFreeOnlyAfterwards() {
        let stage = Stage()
        let (me, friend) = (stage.person(1), stage.person(2))
        let (session, _) = stage.open(me, friends: [friend])
        var reopened: UInt32?
        stage.sink.takesMore = false
        stage.sink.whileDelivering = { [unowned stage] closing in
            stage.shard.close(closing)
            reopened = stage.open(me, friends: [friend]).session
        }
        stage.locate(friend, at: 10)
        stage.tick()
        #expect(reopened != session)
        #expect(stage.shard.sessionCount == 1)
        stage.sink.whileDelivering = { _ in }
        _ = stage.sink.take()
        stage.now += 1
        stage.locate(friend, at: 20)
        #expect(stage.frames().map(\.session) == [reopened])
    }

    @Test func closedInAnotherDeliveryOfTheSameTickItGetsNoFrame() {
        let stage = Stage()
        let people = (1...3).map { stage.person($0) }
        let first = stage.open(people[0], friends: [people[2]]).session
        let second = stage.open(people[1], friends: [people[2]]).session
        stage.sink.whileDelivering = { [unowned stage] session in
            stage.shard.close(session == first ? second : first)
        }
        stage.locate(people[2], at: 10)
        #expect(stage.frames().count == 1)
        #expect(stage.shard.sessionCount == 1)
    }

    @Test func lateCallsAboutAClosedSessionInAListDoNothing() {
        let stage = Stage()
        let (me, friend) = (stage.person(1), stage.person(2))
        let (session, _) = stage.open(me, friends: [friend])
        stage.locate(friend, at: 10)
        stage.shard.close(session)
        stage.shard.wake(session)
        stage.shard.unblock(session, now: stage.now)
        #expect(stage.frames().isEmpty)
        #expect(stage.shard.sessionCount == 0)
    }

    @Test func closingRemovesNobodyFromTheFriendsLists() {
        let stage = Stage()
        let (me, friend) = (stage.person(1), stage.person(2))
        let other = stage.open(friend, friends: [me]).session
        let (session, _) = stage.open(me, friends: [friend], at: 10)
        _ = stage.frames()
        stage.shard.close(session)
        #expect(stage.frames().isEmpty)
        #expect(stage.shard.nextPage(other).total == 1)
        stage.pass(600_000 + 2_000)
        #expect(stage.sink.take().flatMap(\.items) == [.init(user: me, kind: .inactive)])
    }

    @Test func aChannelIsFreedWhenTheLastSessionAndTheWheelLetGo() {
        let stage = Stage()
        let (me, friend) = (stage.person(1), stage.person(2))
        stage.locate(friend, at: 0)
        let session = stage.open(me, friends: [friend, stage.person(3)]).session
        #expect(stage.shard.channelCount == 3)
        stage.shard.close(session)
        #expect(stage.shard.channelCount == 2, "who was never located is in no wheel")
        stage.pass(600_000 + 2_000)
        #expect(stage.shard.channelCount == 0)
        #expect(stage.shard.nextDue == nil)
    }

    @Test func aReleasedChannelIsTakenUpAgainWithTheNewestState() {
        let stage = Stage(shards: 2)
        let (me, friend) = (stage.person(1), stage.person(2))
        stage.locate(friend, at: 0)
        stage.shard.close(stage.open(me, friends: [friend]).session)
        stage.now += 10
        // Nobody on shard 0 is interested, so it is not told.
        stage.locate(friend, at: 500, on: 1)
        stage.tick()
        let page = stage.open(me, friends: [friend]).page
        #expect(page.items.map(\.user) == [friend])
        #expect(stage.shard.state(ofChannel: page.items[0].channel).timestamp == stage.now)
        #expect(stage.shard.channelCount == 2)
    }
}

import Geo
import Testing

@testable import Channels

/// Whom a session follows, and how that changes.
@Suite struct FollowTests {
    private let stage = Stage()
    private var me: UserIndex { stage.person(1) }
    private var friend: UserIndex { stage.person(2) }

    private func items() -> [RecordingSink.Item] { stage.frames().flatMap(\.items) }

    // MARK: The client's wishes

    @Test func subscribingAnswersWithTheStateAtAnyDistance() {
        stage.locate(friend, at: 50_000)
        let session = stage.open(me, friends: [friend]).session
        let state = stage.engine.users.state(of: friend)
        #expect(stage.shard.resubscribe(session, to: friend, now: stage.now) == .following(visible: state))
        #expect(items().isEmpty)
    }

    @Test func subscribingWithinTheRadiusSendsTheFriendAgain() {
        stage.locate(friend, at: 50)
        let session = stage.open(me, friends: [friend]).session
        _ = stage.shard.resubscribe(session, to: friend, now: stage.now)
        #expect(items() == [.init(user: friend, kind: .shown, timestamp: stage.now)])
    }

    @Test func subscribingToWhoIsNotToBeSeenAnswersNothing() {
        let (absent, silent, hidden) = (friend, stage.person(3), stage.person(4))
        stage.locate(silent, at: 1)
        stage.pass(600_000)
        stage.locate(hidden, at: 1)
        stage.engine.setSharing(hidden, false, epoch: 1)
        let session = stage.open(me, friends: [absent, silent, hidden]).session
        for friend in [absent, silent, hidden] {
            #expect(stage.shard.resubscribe(session, to: friend, now: stage.now) == .following(visible: nil))
        }
        #expect(items().isEmpty)
    }

    @Test func subscribingToAStrangerIsForTheStoreToDecide() {
        let session = stage.open(me, friends: []).session
        #expect(stage.shard.resubscribe(session, to: friend, now: stage.now) == .notFriend)
        stage.shard.follow(session, friend, now: stage.now)
        #expect(stage.shard.resubscribe(session, to: friend, now: stage.now) == .following(visible: nil))
    }

    @Test func unsubscribingIsSilentAndLastsUntilSubscribing() {
        stage.locate(friend, at: 50)
        let session = stage.open(me, friends: [friend]).session
        stage.shard.unsubscribe(session, from: friend)
        stage.now += 1
        stage.locate(friend, at: 60)
        #expect(items().isEmpty)
        #expect(stage.shard.nextPage(session).items.isEmpty)
        #expect(stage.shard.isFriend(friend, of: session))
        stage.engine.befriend(me, friend)
        stage.shard.follow(session, friend, now: stage.now)
        #expect(items().isEmpty, "the friendship's beginning does not undo what the client wished")
        let answer = stage.shard.resubscribe(session, to: friend, now: stage.now)
        #expect(answer == .following(visible: stage.engine.users.state(of: friend)))
        #expect(items() == [.init(user: friend, kind: .introduced, timestamp: stage.now)])
    }

    @Test func unsubscribingTwiceOrFromNobodyDoesNothing() {
        let session = stage.open(me, friends: [friend]).session
        stage.shard.unsubscribe(session, from: friend)
        stage.shard.unsubscribe(session, from: friend)
        stage.shard.unsubscribe(session, from: stage.person(9))
        #expect(!stage.shard.isFriend(stage.person(9), of: session))
        _ = stage.shard.resubscribe(session, to: friend, now: stage.now)
        stage.locate(friend, at: 1)
        #expect(items().count == 1)
    }

    // MARK: Friendships

    @Test func aNewFriendshipShowsBothToEachOther() {
        let mine = stage.open(me, friends: []).session
        let other = stage.open(friend, friends: [], at: 100).session
        stage.engine.befriend(me, friend)
        let frames = stage.frames()
        #expect(
            Set(frames.map(\.session)) == [mine, other] && frames.allSatisfy { $0.total == 1 })
        #expect(Set(frames.flatMap(\.items).map(\.user)) == [me, friend])
        #expect(frames.flatMap(\.items).allSatisfy { $0.kind == .introduced })
        stage.engine.befriend(me, friend)
        #expect(items().isEmpty)
    }

    @Test func anEndedFriendshipIsToldToThoseWhoWereShown() {
        let mine = stage.open(me, friends: [friend]).session
        _ = stage.open(friend, friends: [me], at: 5_000)
        _ = stage.open(stage.person(3), friends: [me], at: 100)
        _ = stage.frames()
        stage.engine.unfriend(me, friend)
        #expect(items().isEmpty, "who was out of range was not shown")
        stage.engine.unfriend(me, stage.person(3), kind: .stopped)
        #expect(items() == [.init(user: me, kind: .stopped)])
        #expect(!stage.shard.isFriend(friend, of: mine))
    }

    @Test func endingAndBeginningWithinAFrameIsAFreshEntry() {
        stage.locate(friend, at: 50)
        _ = stage.open(me, friends: [friend])
        stage.engine.unfriend(me, friend)
        stage.engine.befriend(me, friend)
        #expect(items() == [.init(user: friend, kind: .introduced, timestamp: stage.now)])
    }

    @Test func endingBeginningAndLeavingWithinAFrameIsAFarewellOnly() {
        stage.locate(friend, at: 50)
        _ = stage.open(me, friends: [friend])
        stage.engine.unfriend(me, friend)
        stage.engine.befriend(me, friend)
        stage.now += 1
        stage.engine.post(
            Record(
                stage.engine.users.accept(
                    friend, Stage.place(50_000), timestamp: stage.now, heard: stage.now)!,
                of: friend), toShardsOf: friend)
        #expect(stage.frames().map(\.items) == [[.init(user: friend, kind: .unfriended)]])
    }

    // MARK: While the friends are loaded

    @Test func changesDuringTheLoadingWinOverWhatWasLoaded() {
        let (kept, ended, begun, again) = (stage.person(2), stage.person(3), stage.person(4), stage.person(5))
        for friend in [kept, ended, begun, again] { stage.locate(friend, at: 10) }
        let session = stage.shard.begin(me, radius: Radius(metres: 1_000)!, now: stage.now)!
        let loaded = [kept, ended, again]
        stage.engine.unfriend(me, ended)
        stage.engine.unfriend(me, ended)
        stage.engine.befriend(me, begun)
        stage.engine.unfriend(me, again)
        stage.engine.befriend(me, again)
        stage.tick()
        stage.shard.publish(session, Stage.place(0), timestamp: stage.now, now: stage.now)
        stage.shard.install(session, friends: loaded, now: stage.now)
        let page = stage.shard.welcome(session, now: stage.now)
        #expect(Set(page.items.map(\.user)) == [kept, begun, again])
        #expect(page.total == 3)
        #expect(stage.shard.rarities.isEmpty)
        #expect(stage.frames().isEmpty)
    }

    @Test func aFriendshipThatEndsBetweenInstallAndWelcomeLeavesNothingBehind() {
        stage.locate(friend, at: 10)
        let session = stage.shard.begin(me, radius: Radius(metres: 1_000)!, now: stage.now)!
        stage.shard.publish(session, Stage.place(0), timestamp: stage.now, now: stage.now)
        stage.shard.install(session, friends: [friend], now: stage.now)
        stage.engine.unfriend(me, friend)
        stage.tick()
        #expect(stage.shard.welcome(session, now: stage.now).items.isEmpty)
        #expect(stage.shard.rarities.isEmpty)
        #expect(stage.frames().isEmpty)
    }

    // MARK: Slots

    /// Random beginnings and ends among several sessions: the back indices of both sides stay right.
    @Test(arguments: 0..<6) func subscribersAndFollowsPointAtEachOther(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let people = (0..<40).map { stage.person($0) }
        var sessions: [UInt32] = []
        for _ in 0..<600 {
            let action = Int.random(in: 0..<20, using: &random)
            if action == 0 || sessions.isEmpty {
                sessions.append(stage.open(people.randomElement(using: &random)!, friends: []).session)
            } else if action == 1 {
                stage.shard.close(sessions.remove(at: .random(in: sessions.indices, using: &random)))
            } else {
                let session = sessions.randomElement(using: &random)!
                let friend = people.randomElement(using: &random)!
                switch action % 3 {
                case 0: stage.shard.unsubscribe(session, from: friend)
                case 1: _ = stage.shard.resubscribe(session, to: friend, now: stage.now)
                default: stage.shard.follow(session, friend, now: stage.now)
                }
            }
            expectConsistency(of: sessions)
        }
    }

    private func expectConsistency(of sessions: [UInt32]) {
        let shard = stage.shard
        var subscriptions = 0
        for session in sessions {
            guard let view = SessionView(shard.sessions + Int(session)) else { continue }
            for slot in 0..<view.slotCount where view.follows[slot].flags & Follow.free == 0 {
                let follow = view.follows[slot]
                let subscriber = shard.channels[Int(follow.channel)].subscribers![Int(follow.back)]
                #expect(subscriber.session == session && Int(subscriber.slot) == slot)
                #expect((subscriber.flags & Subscriber.shown != 0) == view.isShown(slot))
                subscriptions += 1
            }
        }
        let counts = (1..<Int(shard.channelSlab.limit)).map { Int(shard.channels[$0].subscriberCount) }
        #expect(counts.reduce(0, +) == subscriptions)
    }
}

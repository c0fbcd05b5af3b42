import Testing

@testable import Channels

/// The welcome and the pages after it.
@Suite struct PageTests {
    @Test func theNearestComeFirstTwentyAtATime() {
        let stage = Stage()
        let friends = (0..<45).map { stage.person(100 + $0) }
        var nearestFirst = friends
        for (i, friend) in friends.enumerated() {
            let rank = i * 7 % 45
            stage.locate(friend, at: Double(rank + 1))
            nearestFirst[rank] = friend
        }
        let (session, welcome) = stage.open(stage.person(1), friends: friends)
        #expect(welcome.items.map(\.user) == Array(nearestFirst[..<20]))
        for (i, item) in welcome.items.enumerated() {
            #expect(
                abs(Int(item.centimetres) - 100 * (i + 1)) <= 1, "coordinates are rounded to a centimetre")
        }
        #expect(welcome.total == 45)
        #expect(welcome.hasMore)
        let second = stage.shard.nextPage(session)
        #expect(second.items.map(\.user) == Array(nearestFirst[20..<40]))
        #expect(second.hasMore)
        let third = stage.shard.nextPage(session)
        #expect(third.items.map(\.user) == Array(nearestFirst[40...]))
        #expect(!third.hasMore)
        #expect(stage.shard.nextPage(session).items.isEmpty)
        #expect(stage.frames().isEmpty)
    }

    @Test func exactlyTwentyFillOnePageAndOneMoreIsTheNext() {
        for count in [20, 21] {
            let stage = Stage()
            let friends = (0..<count).map { stage.person(100 + $0) }
            for friend in friends { stage.locate(friend, at: 1) }
            let (session, welcome) = stage.open(stage.person(1), friends: friends)
            #expect(welcome.items.count == 20)
            #expect(welcome.hasMore == (count == 21))
            #expect(stage.shard.nextPage(session).items.count == count - 20)
        }
    }

    @Test func equalDistancesAreOrderedById() {
        let stage = Stage()
        let numbers = [9, 30, 4, 111, 2]
        for number in numbers { stage.locate(stage.person(number), at: 100) }
        stage.locate(stage.person(77), at: 99)
        let friends = (numbers + [77]).map { stage.person($0) }
        let page = stage.open(stage.person(1), friends: friends).page
        let ids = page.items.map { stage.engine.users.id(of: $0.user).string }
        #expect(ids == ["person-77", "person-111", "person-2", "person-30", "person-4", "person-9"])
    }

    @Test func whoMovesBeforeBeingPagedComesWithAProfileAndIsNotPagedAgain() {
        let stage = Stage()
        let friends = (0..<25).map { stage.person(100 + $0) }
        for (i, friend) in friends.enumerated() { stage.locate(friend, at: Double(i + 1)) }
        let (session, _) = stage.open(stage.person(1), friends: friends)
        stage.now += 1
        stage.locate(friends[22], at: 2)
        let item = RecordingSink.Item(user: friends[22], kind: .introduced, timestamp: stage.now)
        #expect(stage.frames() == [.init(session: session, items: [item], total: nil)])
        let rest = [friends[20], friends[21], friends[23], friends[24]]
        #expect(stage.shard.nextPage(session).items.map(\.user) == rest)
    }

    @Test func whoLeavesBeforeBeingPagedIsOnlyCounted() {
        let stage = Stage()
        let friends = (0..<21).map { stage.person(100 + $0) }
        for (i, friend) in friends.enumerated() { stage.locate(friend, at: Double(i + 1)) }
        let (session, _) = stage.open(stage.person(1), friends: friends)
        stage.now += 1
        stage.locate(friends[20], at: 5_000)
        #expect(stage.frames() == [.init(session: session, items: [], total: 20)])
        #expect(stage.shard.nextPage(session).items.isEmpty)
    }

    @Test func aPageSkipsNobodyWhenTheReceiverMoves() {
        let stage = Stage()
        let friends = (0..<40).map { stage.person(100 + $0) }
        for (i, friend) in friends.enumerated() { stage.locate(friend, at: Double(i)) }
        let (session, welcome) = stage.open(stage.person(1), friends: friends)
        stage.now += 1
        stage.shard.publish(session, Stage.place(39), timestamp: stage.now, now: stage.now)
        #expect(stage.frames().isEmpty)
        let second = stage.shard.nextPage(session)
        #expect(Set((welcome.items + second.items).map(\.user)) == Set(friends))
        #expect(second.items.first?.user == friends[39])
    }

    @Test func aFriendWhoIsPagedAfterLeavingAndReturningIsNotSaidToBeGone() {
        let stage = Stage(interval: 250)
        let (me, friend) = (stage.person(1), stage.person(2))
        stage.locate(friend, at: 10)
        let (session, _) = stage.open(me, friends: [friend])
        stage.locate(stage.person(3), at: 1)
        stage.shard.follow(session, stage.person(3), now: stage.now)
        _ = stage.frames()
        stage.now += 10
        stage.engine.unfriend(me, friend)
        stage.engine.befriend(me, friend)
        stage.tick()
        #expect(stage.sink.take().isEmpty)
        #expect(stage.shard.nextPage(session).items.map(\.user) == [friend])
        stage.pass(300)
        #expect(stage.sink.take().flatMap(\.items).isEmpty)
    }

    @Test func aSessionWithoutFriendsHasAnEmptyPage() {
        let stage = Stage()
        let (session, page) = stage.open(stage.person(1), friends: [])
        #expect(page.items.isEmpty && page.total == 0 && !page.hasMore)
        #expect(stage.shard.nextPage(session).items.isEmpty)
        #expect(stage.frames().isEmpty)
    }
}

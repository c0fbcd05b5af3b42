import Geo
import Testing

@testable import Channels

/// What an engine tells the bus, and what it takes from it.
@Suite struct BusMailTests {
    private let engine = Engine(settings: EngineSettings(), wakes: [{}, {}], busWake: {})
    private let radius = Radius(metres: 1_000)!
    private let here = Coordinate(latitude: 40.75, longitude: -73.98)!

    private func news() -> [(user: UserIndex, news: Record.BusNews)] {
        var news: [(UserIndex, Record.BusNews)] = []
        engine.bus?.take { record in if let said = record.busNews { news.append((record.user, said)) } }
        return news
    }

    private func states() -> [UserIndex: UserState] {
        var states: [UserIndex: UserState] = [:]
        for (user, said) in news() { if case .state(let state) = said { states[user] = state } }
        return states
    }

    private func user(_ name: String) -> UserIndex { engine.users.index(of: UserID(name)!) }

    @Test func `a publication is told once, with the tick, whoever follows`() throws {
        let shard = engine.makeShard(0)
        let session = try #require(shard.begin(user("ann"), radius: radius, now: 0))
        shard.tick(now: 0)
        _ = news()
        shard.publish(session, here, timestamp: 10, now: 5)
        #expect(states().isEmpty && shard.hasWork)
        shard.tick(now: 5)
        #expect(states()[user("ann")]?.coordinate == here)
        #expect(!shard.hasWork && news().isEmpty)
    }

    @Test func `sharing and erasure are told though nobody follows`() {
        engine.setSharing(user("ann"), false, epoch: 3)
        #expect(states()[user("ann")].map { !$0.flags.contains(.sharing) && $0.epoch == 3 } == true)
        engine.setSharing(user("ann"), true, epoch: 2)
        #expect(states().isEmpty)
        engine.erase(user("ann"), epoch: 4)
        #expect(states()[user("ann")]?.flags == [.erased])
    }

    @Test func `interest is told when it begins and when it ends`() throws {
        let shard = engine.makeShard(0)
        let session = try #require(shard.begin(user("ann"), radius: radius, now: 0))
        shard.install(session, friends: [user("bob"), user("cat")], now: 0)
        shard.tick(now: 0)
        #expect(Set(news().map(\.user)) == [user("ann"), user("bob"), user("cat")])
        #expect(engine.isInterested(in: user("bob")) && !engine.isInterested(in: user("dan")))
        shard.close(session)
        shard.tick(now: 0)
        #expect(Set(news().map(\.user)) == [user("ann"), user("bob"), user("cat")])
        #expect(!engine.isInterested(in: user("bob")))
    }

    @Test func `what another process says reaches the followers, and is not told again`() throws {
        let shard = engine.makeShard(1)
        let session = try #require(shard.begin(user("ann"), radius: radius, now: 0))
        shard.install(session, friends: [user("bob")], now: 0)
        shard.publish(session, here, timestamp: 10, now: 0)
        shard.tick(now: 0)
        _ = news()
        let state = UserState(coordinate: here, timestamp: 20, heard: 0, epoch: 1)
        #expect(engine.receive([(user("bob"), state), (user("dan"), state)]) == 2)
        #expect(engine.receive([(user("bob"), state)]) == 0)
        var older = state
        older.timestamp = 19
        #expect(engine.receive([(user("bob"), older)]) == 0)
        shard.tick(now: 0)
        #expect(shard.welcome(session, now: 0).items.map(\.user) == [user("bob")])
        #expect(news().isEmpty)
        #expect(engine.users.state(of: user("dan")) == state)
        // A tombstone of a later epoch wins over a later fix.
        var stopped = state
        (stopped.epoch, stopped.timestamp, stopped.flags) = (2, 1, [.located])
        #expect(engine.receive([(user("bob"), stopped)]) == 1)
        #expect(engine.receive([(user("bob"), UserState(coordinate: here, timestamp: 99, heard: 0, epoch: 1))]) == 0)
    }

    @Test func `a process that is alone tells nobody`() throws {
        let alone = Engine(settings: EngineSettings(), wakes: [{}])
        let shard = alone.makeShard(0)
        let session = try #require(shard.begin(alone.users.index(of: UserID("ann")!), radius: radius, now: 0))
        shard.publish(session, here, timestamp: 10, now: 0)
        #expect(alone.bus == nil)
        shard.tick(now: 0)
        #expect(!shard.hasWork)
    }
}

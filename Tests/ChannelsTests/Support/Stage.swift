import Channels
import Geo

/// An engine whose shards and clock are moved by hand. People are numbers, and stand on one
/// meridian, so that where they are is one number too: metres north of a fixed place.
final class Stage {
    static let metresPerDegree = Earth.meanRadius * Double.pi / 180

    let engine: Engine
    let shards: [Shard]
    let sinks: [RecordingSink]
    var now: Int64 = 1_000_000

    init(shards count: Int = 1, inactivity: Int64 = 600_000, interval: Int64 = 0) {
        let settings = EngineSettings(
            inactivityMilliseconds: inactivity, minimumIntervalMilliseconds: interval)
        let engine = Engine(settings: settings, wakes: Array(repeating: {}, count: count))
        self.engine = engine
        shards = (0..<count).map { engine.makeShard($0) }
        sinks = shards.map { RecordingSink($0) }
    }

    var shard: Shard { shards[0] }
    var sink: RecordingSink { sinks[0] }

    func person(_ number: Int) -> UserIndex { engine.users.index(of: UserID("person-\(number)")!) }

    static func place(_ metres: Double) -> Coordinate {
        Coordinate(latitude: 50 + metres / metresPerDegree, longitude: 8)!
    }

    /// A location of someone who may have no session, spread by one of the shards.
    @discardableResult
    func locate(_ user: UserIndex, at metres: Double, timestamp: Int64? = nil, on shard: Int = 0) -> Bool {
        let state = engine.users.accept(
            user, Self.place(metres), timestamp: timestamp ?? now, heard: now)
        if let state { shards[shard].spread(state, of: user, now: now) }
        return state != nil
    }

    /// A session with its first page sent.
    func open(
        _ user: UserIndex, friends: [UserIndex], at metres: Double = 0, radius: Double = 1_000,
        on shard: Int = 0
    ) -> (session: UInt32, page: FriendsPage) {
        let session = shards[shard].begin(user, radius: Radius(metres: radius)!, now: now)!
        shards[shard].publish(session, Self.place(metres), timestamp: now, now: now)
        shards[shard].install(session, friends: friends, now: now)
        return (session, shards[shard].welcome(session, now: now))
    }

    /// Ticks every shard often enough for records to arrive and be acted on.
    func tick() {
        for _ in 0..<3 {
            for shard in shards { shard.tick(now: now) }
        }
    }

    /// Lets time pass and ticks.
    func pass(_ milliseconds: Int64) {
        now += milliseconds
        tick()
    }

    /// The frames of the first shard since the last call, after a tick.
    func frames() -> [RecordingSink.Frame] {
        tick()
        return sink.take()
    }
}

import Channels
import Friends
import Geo
import Logging
import NIOCore
import Rings
import Strangers
import Synchronization

/// What all event loops share. Any thread; every part is safe by itself.
final class ServerCore: Sendable {
    let settings: Settings
    let keys: Keys
    let verifier: TokenVerifier
    let stores: Stores
    let writer: HistoryWriter
    let engine: Engine
    let people = People()
    let sessionCounts: SessionCounts
    /// The other processes; `nil` if this one is alone.
    let cluster: Cluster?
    /// What keeps its rings; `nil` if they are those of the settings.
    let ringKeeper: RingKeeper?
    /// The database that all processes share; `nil` if the stores are this process's own.
    let database: CommonDatabase?
    let loops: [LoopHandle]
    let clock: ServerClock
    let logger: Logger
    let strangerSettings: StrangerSettings
    let pseudonyms: Pseudonyms
    /// Lets one change of who may see whom through at a time.
    let changesTurnstile = Turnstile()
    /// Given once, when the server begins to stop.
    let drainOrder = DrainOrder()

    init(
        settings: Settings, keys: Keys, verifier: TokenVerifier, stores: Stores, loops: [LoopHandle],
        database: CommonDatabase? = nil, clusterLoop: (any EventLoop)? = nil, ringKeeper: RingKeeper? = nil,
        rings: RingPair? = nil, clock: ServerClock, logger: Logger
    ) throws {
        self.settings = settings
        self.keys = keys
        self.verifier = verifier
        self.stores = stores
        self.database = database
        self.loops = loops
        self.ringKeeper = ringKeeper
        self.clock = clock
        self.logger = logger
        let strangers = settings.strangers
        strangerSettings = try StrangerSettings(
            precisions: settings.precisions, radius: strangers.radius, k: strangers.k,
            tickMilliseconds: strangers.tick.milliseconds, expireMilliseconds: strangers.expire.milliseconds,
            inactivityMilliseconds: settings.inactive.milliseconds, minimumSide: strangers.minimumSide.metres,
            sampleSize: strangers.sample)
        pseudonyms = Pseudonyms(secret: keys.jwtSecret.bytes)
        // With the others' cache in Redis, the database need not be one as well.
        writer = HistoryWriter(
            stores: stores, keepsCache: database == nil || settings.cluster == nil, capacity: settings.history.buffer)
        let engineSettings = EngineSettings(
            inactivityMilliseconds: settings.inactive.milliseconds,
            minimumIntervalMilliseconds: settings.minimumInterval.milliseconds)
        let sessionCounts = SessionCounts()
        self.sessionCounts = sessionCounts
        var busWake: (@Sendable () -> Void)?
        if let others = settings.cluster {
            let cluster = try Cluster(
                settings: ClusterSettings(others, lifetime: settings.inactive, rings: rings),
                shardCount: loops.count,
                isOwn: { sessionCounts.count(of: $0) > 0 }, on: clusterLoop ?? loops[0].eventLoop, clock: clock,
                logger: logger)
            busWake = { cluster.wake() }
            self.cluster = cluster
        } else {
            cluster = nil
        }
        engine = Engine(
            settings: engineSettings, users: UserTable(believesOthers: database == nil),
            wakes: loops.map { loop in { loop.wake() } },
            busWake: busWake)
    }

    /// Makes what the stores say of users known to the engine and to the encoders.
    func know(_ users: some Sequence<User>) -> [UserIndex] {
        users.map { user in
            let index = engine.users.index(of: user.id)
            people.set(Person(user), for: index)
            // Another process may have been told, and this one may have missed it. The others ask the same store; they lack
            // the location of a user whose sessions are here.
            if database != nil {
                engine.setSharing(
                    index, user.sharing, epoch: user.epoch, tellsOthers: sessionCounts.count(of: index) > 0)
            }
            return index
        }
    }
}

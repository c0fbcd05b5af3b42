import ChannelBus
import Channels
import Friends
import Logging
import NIOCore
import Rings
import Synchronization

/// What ties this process to the others: it tells them what its users do, hears what they tell of the users that its
/// sessions follow, and keeps the locations in the common cache.
///
/// One event loop of its own; whoever calls it from elsewhere does not wait. Local deliveries never pass here.
final class Cluster: Sendable {
    let bus: RedisBus
    let cache: RedisCache
    let settings: ClusterSettings
    let eventLoop: any EventLoop
    /// Random: this process' name among others, for this life of it.
    let process = UInt64.random(in: .min ... .max)
    private let logger: Logger
    let state: NIOLoopBoundBox<State>
    private let engineBox = Mutex<Engine?>(nil)
    /// Whether a user has sessions of its own in this process: what the cache gets back after a loss.
    let isOwn: @Sendable (UserIndex) -> Bool
    let strangers: NIOLoopBoundBox<StrangerChannels>

    /// Of the event loop.
    struct State {
        var exchange = FriendsExchange()
        /// The cache's ring that all own users were stored by.
        var cacheRing: BusRing
        /// Names of the cache's servers that are down.
        var lostCaches: Set<String> = []
        /// Who waits to be prepared.
        var waiting: [FriendsExchange.Request: EventLoopPromise<Void>] = [:]
        var sweeper: RepeatedTask?
    }

    init(
        settings: ClusterSettings, shardCount: Int, isOwn: @escaping @Sendable (UserIndex) -> Bool,
        on eventLoop: any EventLoop,
        clock: ServerClock, logger: Logger
    ) throws(BusError) {
        self.settings = settings
        self.isOwn = isOwn
        self.eventLoop = eventLoop
        self.logger = logger
        state = .makeBoxSendingValue(State(cacheRing: settings.cache), eventLoop: eventLoop)
        strangers = .makeBoxSendingValue(StrangerChannels(shardCount: shardCount), eventLoop: eventLoop)
        bus = try RedisBus(
            ring: settings.bus, settings: settings.limits, on: eventLoop, clock: clock.monotonicMilliseconds,
            logger: logger)
        cache = try RedisCache(
            ring: settings.cache, settings: settings.limits, on: eventLoop, clock: clock.monotonicMilliseconds,
            logger: logger)
        self.clock = clock
    }

    let clock: ServerClock
    var engine: Engine { engineBox.withLock { $0! } }

    // MARK: Life

    /// Connects. Once, before the first session.
    func start(_ engine: Engine) {
        engineBox.withLock { $0 = engine }
        bus.start(delegate: self)
        cache.start { [weak self] server in self?.cacheServerChanged(server) }
        eventLoop.execute { [self] in
            state.value.sweeper = eventLoop.scheduleRepeatedTask(
                initialDelay: Limits.channelCheck, delay: Limits.channelCheck
            ) { [weak self] _ in self?.tick() }
            startStrangers()
        }
    }

    /// Lets out what waits, then disconnects.
    func stop() async {
        _ = try? await eventLoop.submit {
            self.state.value.sweeper?.cancel()
            self.strangers.value.timer?.cancel()
            for promise in self.state.value.waiting.values { promise.succeed() }
            self.state.value.waiting = [:]
        }.get()
        _ = try? await bus.stop().get()
        _ = try? await cache.stop().get()
    }

    /// The engine has left something in the mailbox. Any thread.
    func wake() {
        eventLoop.execute { [self] in takeMail() }
    }

    private func takeMail() {
        engine.bus?.take { record in
            switch record.busNews {
            case .state(let state): tell(state, of: record.user)
            case .interest: followInterest(in: record.user)
            case nil: break
            }
        }
    }

    func tell(_ state: UserState, of user: UserIndex) {
        let id = engine.users.id(of: user)
        bus.publish(state, of: id)
        cache.store(state, of: id)
    }

    /// Moves to other servers, without a loss while those of before are still there. Any thread.
    func setRings(_ rings: RingPair) {
        bus.setRing(rings.bus, overlap: settings.overlap)
        cache.setRing(rings.cache, overlap: settings.overlap)
        eventLoop.execute { [self] in
            guard state.value.cacheRing != rings.cache else { return }
            state.value.cacheRing = rings.cache
            // Whoever has moved to a server that was there before is not on it yet.
            refill(.moved)
        }
    }

    // MARK: Interest

    private func followInterest(in user: UserIndex) {
        let isInterested = engine.isInterested(in: user)
        let now = clock.monotonicMilliseconds()
        perform(state.value.exchange.interestChanged(in: user, isInterested: isInterested, now: now))
    }

    private func tick() {
        let engine = self.engine
        let now = clock.monotonicMilliseconds()
        perform(state.value.exchange.tick(now: now) { engine.isInterested(in: $0) })
    }

    // MARK: What sessions need

    /// Sees to it that nothing that happens to these users from now on is missed, and that what is known of them anywhere is
    /// known here. Completes in any case: what a server that is down knows comes when it is back.
    ///
    /// Any thread; the caller's shard is interested in the users already.
    func prepare(_ users: [UserIndex]) -> EventLoopFuture<Void> {
        eventLoop.flatSubmit { [self] in
            let promise = eventLoop.makePromise(of: Void.self)
            let (request, actions) = state.value.exchange.prepare(
                users, now: clock.monotonicMilliseconds())
            state.value.waiting[request] = promise
            perform(actions)
            return promise.futureResult
        }
    }

    // MARK: Actions

    private func perform(_ actions: [FriendsExchange.Action]) {
        for action in actions {
            switch action {
            case .subscribe(let users):
                bus.subscribe(users.map { BusInterest(.user(engine.users.id(of: $0)), tag: $0) })
            case .unsubscribe(let users): bus.unsubscribe(channels(of: users))
            case .wait(let users, let request): wait(for: users, request)
            case .read(let users, let request): read(users, request)
            case .finish(let request): state.value.waiting.removeValue(forKey: request)?.succeed()
            }
        }
    }

    private func channels(of users: [UserIndex]) -> [BusChannel] { users.map { .user(engine.users.id(of: $0)) } }

    private func wait(for users: [UserIndex], _ request: FriendsExchange.Request) {
        let channels = channels(of: users)
        bus.whenAcknowledged(channels, within: Limits.busWait).hop(to: eventLoop).whenSuccess { [self] readiness in
            let late = Set(readiness.missing)
            let missing = zip(users, channels).filter { late.contains($1) }.map { $0.0 }
            perform(state.value.exchange.heard(request, missing: Set(missing)))
        }
    }

    private func read(_ users: [UserIndex], _ request: FriendsExchange.Request) {
        fetch(users).hop(to: eventLoop).whenSuccess { [self] unanswered in
            perform(state.value.exchange.read(request, unanswered: unanswered, now: clock.monotonicMilliseconds()))
        }
    }

    /// Reads the cache, and says for whom nobody answered.
    private func fetch(_ users: [UserIndex]) -> EventLoopFuture<Set<UserIndex>> {
        cache.fetch(users.map(engine.users.id), within: Limits.cacheWait).map { [self] answer in
            receive(zip(users, answer.states).compactMap { user, state in state.map { (user, $0) } })
            return Set(answer.unknown.map { users[$0] })
        }
    }

    /// Reads where users are whom no session of this process follows. Any thread; what a server that is down knows is missing.
    func refresh(_ users: [UserIndex]) async {
        let unfollowed = users.filter { !engine.isInterested(in: $0) }
        if !unfollowed.isEmpty { _ = try? await fetch(unfollowed).get() }
    }

    /// Whoever can write to Redis must not put a user's locations out of order for good.
    private func receive(_ states: [(user: UserIndex, state: UserState)]) {
        let latest = clock.wallMilliseconds() + Limits.futureElsewhereMilliseconds
        engine.receive(states.lazy.filter { $0.state.timestamp <= latest })
    }
}

extension Cluster: BusDelegate {
    func busReceived(_ batch: borrowing BusBatch) {
        receive(batch.states.map { (user: $0.tag, state: $0.state) })
        for state in batch.states where isOwn(state.tag) { followOwnUser(state.tag) }
        receive(batch.records)
    }

    func busRestored(_ interests: [BusInterest]) {
        restoreCells(interests)
        let users = interests.compactMap { interest in
            if case .user = interest.channel { interest.tag } else { nil }
        }
        perform(state.value.exchange.restored(users, now: clock.monotonicMilliseconds()))
    }

    func busServerChanged(_ server: BusServer) {
        switch server.state {
        case .up: logger.info("redis server is up", metadata: ["server": "\(server.name)"])
        case .connecting: break
        case .down(let failure):
            logger.warning("redis server is down", metadata: ["server": "\(server.name)", "reason": "\(failure)"])
        }
    }
}

extension Limits {
    /// How often is looked for channels that nobody needs any more, and for what is to be read again.
    static let channelCheck = TimeAmount.seconds(1)
    /// How long a `hello` waits for the bus, and then for the cache.
    static let busWait = Duration.seconds(1)
    static let cacheWait = Duration.milliseconds(500)
    /// How far the time of a location that another process took may lie in the future, milliseconds: what that process
    /// allows, and clocks that differ by as much again.
    static let futureElsewhereMilliseconds = 2 * futureMilliseconds
}

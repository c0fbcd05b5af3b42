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
    private let state: NIOLoopBoundBox<State>
    private let engineBox = Mutex<Engine?>(nil)
    /// Whether a user has sessions of its own in this process: what the cache gets back after a loss.
    let isOwn: @Sendable (UserIndex) -> Bool
    let strangers: NIOLoopBoundBox<StrangerChannels>

    /// Of the event loop.
    private struct State {
        /// Every user whose channel was asked for and not left.
        var subscribed: Set<UserIndex> = []
        /// Those of them whose newest state is known, so that nothing has to be fetched.
        var known: Set<UserIndex> = []
        /// Since when nobody has been interested, monotonic milliseconds.
        var idleSince: [UserIndex: Int64] = [:]
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
        state = .makeBoxSendingValue(State(), eventLoop: eventLoop)
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
                initialDelay: Limits.channelIdleTime, delay: Limits.channelIdleTime
            ) { [weak self] _ in self?.leaveIdleChannels() }
            startStrangers()
        }
    }

    /// Lets out what waits, then disconnects.
    func stop() async {
        _ = try? await eventLoop.submit {
            self.state.value.sweeper?.cancel()
            self.strangers.value.timer?.cancel()
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

    private func tell(_ state: UserState, of user: UserIndex) {
        let id = engine.users.id(of: user)
        bus.publish(state, of: id)
        if state.flags.contains(.erased) { cache.erase(id) } else { cache.store(state, of: id) }
    }

    /// Moves to other servers, without a loss while those of before are still there. Any thread.
    func setRings(_ rings: RingPair) {
        bus.setRing(rings.bus, overlap: settings.overlap)
        cache.setRing(rings.cache, overlap: settings.overlap)
        // Whoever has moved to a server that was there before is not on it yet.
        eventLoop.execute { [self] in fillCache() }
    }

    // MARK: Interest

    private func followInterest(in user: UserIndex) {
        if engine.isInterested(in: user) {
            state.value.idleSince[user] = nil
            subscribe([user])
        } else if state.value.subscribed.contains(user) {
            state.value.idleSince[user] = clock.monotonicMilliseconds()
        }
    }

    private func subscribe(_ users: [UserIndex]) {
        let new = users.filter { state.value.subscribed.insert($0).inserted }
        guard !new.isEmpty else { return }
        bus.subscribe(new.map { BusInterest(.user(engine.users.id(of: $0)), tag: $0) })
    }

    /// A client that comes back within seconds finds its channels as they were.
    private func leaveIdleChannels() {
        let limit = clock.monotonicMilliseconds() - Limits.channelIdleTime.nanoseconds / 1_000_000
        let idle = state.value.idleSince.filter { $0.value <= limit }.map(\.key)
        guard !idle.isEmpty else { return }
        for user in idle { state.value.idleSince[user] = nil }
        let unwanted = idle.filter { !engine.isInterested(in: $0) }
        for user in unwanted {
            state.value.subscribed.remove(user)
            state.value.known.remove(user)
        }
        bus.unsubscribe(unwanted.map { .user(engine.users.id(of: $0)) })
    }

    // MARK: What sessions need

    /// Sees to it that nothing that happens to these users from now on is missed, and that what is known of them anywhere is
    /// known here. Completes in any case: what a server that is down knows comes when it is back.
    ///
    /// Any thread; the caller's shard is interested in the users already.
    func prepare(_ users: [UserIndex]) -> EventLoopFuture<Void> {
        eventLoop.flatSubmit { [self] in
            subscribe(users)
            let unknown = users.filter { !state.value.known.contains($0) }
            guard !unknown.isEmpty else { return eventLoop.makeSucceededVoidFuture() }
            let channels = unknown.map { BusChannel.user(engine.users.id(of: $0)) }
            return bus.whenAcknowledged(channels, within: Limits.busWait).hop(to: eventLoop).flatMap {
                [self] readiness in
                // Fetched even if the channel is not there yet: better an older state than none.
                fetch(unknown, missing: Set(readiness.missing))
            }
        }
    }

    private func fetch(_ users: [UserIndex], missing: Set<BusChannel> = []) -> EventLoopFuture<Void> {
        let ids = users.map { engine.users.id(of: $0) }
        return cache.fetch(ids, within: Limits.cacheWait).hop(to: eventLoop).map { [self] answer in
            let unanswered = Set(answer.unknown)
            var states: [(user: UserIndex, state: UserState)] = []
            for (place, user) in users.enumerated() {
                if let state = answer.states[place] { states.append((user, state)) }
                guard !unanswered.contains(place), !missing.contains(.user(ids[place])),
                    state.value.subscribed.contains(user)
                else { continue }
                state.value.known.insert(user)
            }
            engine.receive(states)
        }
    }

    // MARK: The cache

    /// An empty cache is filled again from what each process holds of its own users.
    private func cacheServerChanged(_ server: BusServer) {
        if server.state == .up { fillCache() }
    }

    private func fillCache() {
        let engine = self.engine
        for user in 1..<UserIndex(engine.users.count + 1) where isOwn(user) {
            guard let state = engine.users.state(of: user) else { continue }
            cache.store(state, of: engine.users.id(of: user))
        }
    }
}

extension Cluster: BusDelegate {
    func busReceived(_ batch: borrowing BusBatch) {
        engine.receive(batch.states.map { (user: $0.tag, state: $0.state) })
        for state in batch.states where isOwn(state.tag) { followOwnUser(state.tag) }
        receive(batch.records)
    }

    /// Whatever was said meanwhile is in the cache; or will be, if that was lost as well, once the processes that know it
    /// have found it again. So it is read more than once.
    func busRestored(_ interests: [BusInterest]) {
        restoreCells(interests)
        let users = interests.compactMap { interest in
            if case .user = interest.channel { interest.tag } else { nil }
        }
        for delay in Limits.restoredReads {
            eventLoop.scheduleTask(in: delay) { [weak self] in
                guard let self else { return }
                _ = self.fetch(users.filter { self.state.value.subscribed.contains($0) })
            }
        }
    }

    func busServerChanged(_ server: BusServer) {
        switch server.state {
        case .up: logger.notice("redis is up", metadata: ["server": "\(server.name)"])
        case .connecting: break
        case .down(let failure):
            logger.warning("redis is down", metadata: ["server": "\(server.name)", "reason": "\(failure.code)"])
        }
    }
}

extension Limits {
    /// How long a channel is kept that nobody needs any more.
    static let channelIdleTime = TimeAmount.seconds(10)
    /// How long a `hello` waits for the bus, and then for the cache.
    static let busWait = Duration.seconds(1)
    static let cacheWait = Duration.milliseconds(500)
    /// When the cache is read after channels were lost and are back: the last time after every process has had its longest
    /// pause between two attempts to connect.
    static let restoredReads: [TimeAmount] = [.zero, .seconds(1), .seconds(3), .seconds(7)]
}

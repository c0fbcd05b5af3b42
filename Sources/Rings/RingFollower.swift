public import ChannelBus
public import Etcd
public import Logging
internal import Synchronization

/// Keeps a process' rings as etcd has them.
///
/// What is broken, removed or older than what is known changes nothing, and while etcd is away nothing changes either. A
/// ring that etcd never had is that of the settings; the cache's, without settings of its own, is the bus'.
public final class RingFollower: Sendable {
    /// How long a process without a ring in its settings waits at its start for an etcd that does not answer.
    public static let startPatience = Duration.seconds(30)
    /// Pauses between questions to an etcd that does not answer: the first, doubled each time, and the longest. Half of
    /// each is chance.
    static let pause = (first: Duration.milliseconds(250), longest: Duration.seconds(5))

    private struct State {
        var bus: KnownRing
        var cache: KnownRing
        var pair: RingPair?
        var status = RingStatus(servers: [])
    }

    private let client: EtcdClient
    /// From the settings; `nil` where they have none.
    private let ownBus: RingList?
    private let ownCache: RingList?
    private let rereadInterval: Duration
    private let patience: Duration
    private let logger: Logger
    private let state: Mutex<State>

    /// - Parameters:
    ///   - bus: the ring to begin with where etcd has none.
    ///   - cache: the ring of the cache where etcd has none; without it the cache is on the bus' servers.
    ///   - settings: what servers may be used.
    public init(
        client: EtcdClient, bus: RingList?, cache: RingList?, settings: BusSettings,
        rereadInterval: Duration = EtcdKey.rereadInterval, startPatience: Duration = RingFollower.startPatience,
        logger: Logger
    ) {
        self.client = client
        ownBus = bus
        ownCache = cache
        self.rereadInterval = rereadInterval
        patience = startPatience
        self.logger = logger
        let known = KnownRing(settings: settings)
        state = Mutex(State(bus: known, cache: known))
    }

    /// As it is now. Any thread.
    public var status: RingStatus { state.withLock { $0.status } }

    /// The ring of the bus that holds, with its revision; empty before the start. Any thread.
    public var used: (list: RingList, revision: Int64) {
        state.withLock { ($0.bus.list ?? ownBus ?? .none, $0.bus.revision) }
    }

    // MARK: The start

    /// The rings to begin with: etcd's, or those of the settings.
    public func start() async throws -> RingPair {
        do throws(EtcdError) {
            try await readPatiently()
        } catch {
            guard ownBus != nil else { throw RingStartError.etcd(error) }
            state.withLock { $0.status.isReachable = false }
            logger.warning(
                "etcd does not answer: starting with the ring of the settings", metadata: ["reason": "\(error)"])
        }
        guard let pair = settle() else {
            throw state.withLock(\.bus).lastRefusal.map(RingStartError.refused) ?? .none
        }
        return pair
    }

    private func readPatiently() async throws(EtcdError) {
        let deadline = ContinuousClock.now + (ownBus == nil ? patience : .zero)
        var failures = 0
        while true {
            do throws(EtcdError) {
                return try await read()
            } catch {
                failures += 1
                guard ContinuousClock.now < deadline, (try? await Self.wait(afterFailure: failures)) != nil else {
                    throw error
                }
            }
        }
    }

    private func read() async throws(EtcdError) {
        for key in [RingKeys.bus, RingKeys.cache] {
            let snapshot = try await client.get(key)
            take(key, snapshot.value, revision: snapshot.value?.modified ?? snapshot.revision)
        }
    }

    // MARK: Following

    /// Runs until the task is cancelled.
    ///
    /// - Parameter change: called with the rings whenever one is another than before; one call at a time.
    public func run(_ change: @escaping @Sendable (RingPair) -> Void) async {
        // So that nothing that came between the start and now is passed over.
        let (changes, changed) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        await withTaskGroup(of: Void.self) { tasks in
            for name in [RingKeys.bus, RingKeys.cache] {
                tasks.addTask { [self] in
                    let key = EtcdKey(name, of: client, rereadInterval: rereadInterval)
                    await key.follow(pause: Self.wait) { news in
                        self.take(name, news)
                        changed.yield()
                    }
                }
            }
            for await _ in changes {
                let before = state.withLock { $0.pair }
                if let pair = settle(), pair != before { change(pair) }
            }
        }
    }

    private static func wait(afterFailure number: Int) async throws {
        let bound = min(pause.first * (1 << min(number - 1, 10)), pause.longest)
        try await Task.sleep(for: bound * Double.random(in: 0.5...1))
    }

    private func take(_ key: String, _ news: EtcdKey.News) {
        switch news {
        case .value(let value): take(key, value, revision: value.modified)
        case .missing(let revision): take(key, nil, revision: revision)
        case .unreachable(let error):
            guard state.withLock({ exchange(&$0.status.isReachable, false) }) else { return }
            logger.warning("etcd cannot be asked: the rings stay as they are", metadata: ["reason": "\(error)"])
        case .reachable:
            guard !state.withLock({ exchange(&$0.status.isReachable, true) }) else { return }
            logger.notice("etcd answers again")
        }
    }

    private func take(_ key: String, _ value: EtcdValue?, revision: Int64) {
        let verdict = state.withLock { state in
            let verdict =
                key == RingKeys.bus
                ? state.bus.take(value, revision: revision) : state.cache.take(value, revision: revision)
            if case .changed = verdict { state.status.changes += 1 }
            state.status.refusals = state.bus.refusals + state.cache.refusals
            state.status.revision = state.bus.revision
            return verdict
        }
        switch verdict {
        case .changed(let list):
            logger.notice(
                "a ring is taken from etcd",
                metadata: ["key": "\(key)", "revision": "\(revision)", "servers": "\(list)"])
        case .refused(let refusal):
            logger.error(
                "a ring in etcd is refused, the last one is kept",
                metadata: ["key": "\(key)", "revision": "\(revision)", "reason": "\(refusal)"])
        case .missing where key == RingKeys.bus && ownBus != nil:
            logger.notice("etcd has no ring: that of the settings is used", metadata: ["key": "\(key)"])
        case .missing, .same: break
        }
    }

    /// The rings that hold now; `nil` if there is none yet.
    private func settle() -> RingPair? {
        state.withLock { state in
            guard let list = state.bus.list ?? ownBus, let bus = list.ring else { return nil }
            let cache = (state.cache.list ?? ownCache)?.ring ?? bus
            state.status.servers = list.names
            state.pair = RingPair(bus: bus, cache: cache)
            return state.pair
        }
    }
}

/// Puts a value in the place of another, which is returned.
private func exchange<Value>(_ place: inout Value, _ value: Value) -> Value {
    defer { place = value }
    return place
}

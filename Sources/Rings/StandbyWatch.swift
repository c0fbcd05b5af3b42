public import ChannelBus
public import Etcd
public import Logging
internal import Synchronization

/// Puts a standby in the place of a server that most of the live processes cannot reach.
///
/// Every process has a key in etcd that ends with its lease, and one more, with the same lease, for every server of the
/// ring that it has not reached for more than two seconds. Whoever sees that those are more than half writes the new ring,
/// and the list of standbys without the first that answers, in one transaction: it fails if the ring, the standbys or
/// one of the votes have changed, so of many who try one succeeds. etcd alone decides. The ring then reaches everybody as
/// every other does. A server that comes back is not put back: somebody has to add it, as a standby or to the ring.
public actor StandbyWatch {
    /// How long the keys of a process stay that has died, seconds. At least what etcd allows at its usual settings.
    static let leaseSeconds: Int64 = 5
    /// How often the lease is kept alive.
    static let keepAliveInterval = Duration.milliseconds(1_500)
    /// How often the process looks at its own connections.
    static let lookInterval = Duration.milliseconds(100)
    /// The pause between two attempts to replace one server.
    static let attemptInterval = Duration.seconds(1)

    /// What the watch needs of its process.
    public struct Surroundings: Sendable {
        /// How the process stands with its servers.
        let servers: @Sendable () -> [BusServer]
        /// The names of the ring that holds.
        let ring: @Sendable () -> [String]
        /// Whether a server lets the process in.
        let answers: @Sendable (RedisURL) async -> Bool
        /// Monotonic milliseconds, the clock of ``BusServer/since``.
        let now: @Sendable () -> Int64
        /// How long a server has been silent when ``BusServer`` says so.
        let silence: Duration

        public init(
            servers: @escaping @Sendable () -> [BusServer], ring: @escaping @Sendable () -> [String],
            answers: @escaping @Sendable (RedisURL) async -> Bool, now: @escaping @Sendable () -> Int64,
            silence: Duration
        ) {
            self.servers = servers
            self.ring = ring
            self.answers = answers
            self.now = now
            self.silence = silence
        }
    }

    private let client: EtcdClient
    private let process: String
    private let surroundings: Surroundings
    private let rereadInterval: Duration
    private let logger: Logger
    private var live = LiveKeys()
    private var lease: Int64?
    /// The servers that the own votes in etcd are against.
    private var votes: Set<String> = []
    private var nextVote = ContinuousClock.now
    /// When each server was last tried to be replaced.
    private var attempts: [String: ContinuousClock.Instant] = [:]
    /// Servers of which it was said that no standby is there.
    private var unserved: Set<String> = []
    private nonisolated let replaced = Atomic<Int>(0)

    /// - Parameter process: what tells this process from others: letters and digits.
    public init(
        client: EtcdClient, process: String, surroundings: Surroundings,
        rereadInterval: Duration = EtcdKey.rereadInterval, logger: Logger
    ) {
        self.client = client
        self.process = process
        self.surroundings = surroundings
        self.rereadInterval = rereadInterval
        self.logger = logger
    }

    /// Servers that this process replaced. Any thread.
    public nonisolated var failovers: Int { replaced.load(ordering: .relaxed) }

    /// Runs until the task is cancelled; then takes the process' keys out of etcd.
    public func run() async {
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await self.keepLease() }
            tasks.addTask { await self.followKeys() }
            tasks.addTask { await self.look() }
        }
        // The task is over, and its calls with it; this one still has to go out.
        if let lease { await Task { [client] in try? await client.revoke(lease: lease) }.value }
    }

    // MARK: The lease

    private func keepLease() async {
        while !Task.isCancelled {
            do throws(EtcdError) {
                if let lease { try await client.keepAlive(lease: lease) } else { try await register() }
            } catch {
                // What is not etcd's own word may pass.
                if error == .leaseLost { forgetLease() }
            }
            try? await Task.sleep(for: Self.keepAliveInterval)
        }
    }

    private func register() async throws(EtcdError) {
        let lease = try await client.grantLease(seconds: Self.leaseSeconds)
        try await client.put(RingKeys.processes + process, "", lease: lease)
        self.lease = lease
    }

    /// With the lease everything has ended that it held.
    private func forgetLease() {
        lease = nil
        votes = []
    }

    // MARK: What the others say

    private func followKeys() async {
        while !Task.isCancelled {
            do {
                let (values, revision) = try await client.snapshot(prefix: RingKeys.live)
                live = LiveKeys(values)
                try await watch(from: revision + 1)
            } catch is CancellationError {
                return
            } catch {
                try? await Task.sleep(for: Self.attemptInterval)
            }
        }
    }

    /// Watches until it is time to read again.
    private func watch(from revision: Int64) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { [client] in
                try await client.watch(prefix: RingKeys.live, from: revision) { await self.take($0) }
            }
            tasks.addTask { [rereadInterval] in try await Task.sleep(for: rereadInterval) }
            defer { tasks.cancelAll() }
            try await tasks.next()
        }
    }

    private func take(_ change: EtcdChange) { live.take(change) }

    // MARK: Voting and replacing

    private func look() async {
        while !Task.isCancelled {
            let ring = surroundings.ring()
            await vote(ring: Set(ring))
            for server in ring { await replaceIfDead(server) }
            try? await Task.sleep(for: Self.lookInterval)
        }
    }

    private func vote(ring: Set<String>) async {
        guard let lease, ContinuousClock.now >= nextVote else { return }
        let wanted = Ballot.unreachable(
            surroundings.servers(), ring: ring, now: surroundings.now(),
            silence: surroundings.silence.milliseconds)
        for server in wanted.subtracting(votes) {
            let key = LiveKeys.voteKey(server: server, process: process)
            guard (try? await client.put(key, "", lease: lease)) != nil else { return voteLater() }
            votes.insert(server)
            logger.warning("a redis server has been unreachable for too long", metadata: ["server": "\(server)"])
        }
        for server in votes.subtracting(wanted) {
            guard (try? await client.delete(LiveKeys.voteKey(server: server, process: process))) != nil else {
                return voteLater()
            }
            votes.remove(server)
            unserved.remove(server)
        }
    }

    /// etcd does not answer, or refuses: it is not asked at every look.
    private func voteLater() { nextVote = .now + Self.attemptInterval }

    private func replaceIfDead(_ server: String) async {
        guard live.majority(against: server) != nil else { return }
        let now = ContinuousClock.now
        guard attempts[server].map({ now - $0 >= Self.attemptInterval }) ?? true else { return }
        attempts[server] = now
        do throws(RingStoreError) {
            try await replace(server)
        } catch {
            logger.error(
                "a dead server could not be replaced", metadata: ["server": "\(server)", "reason": "\(error)"])
        }
    }

    private func replace(_ server: String) async throws(RingStoreError) {
        // Counted anew: the watch may be behind, and not know of processes that can reach the server.
        let keys: [EtcdValue]
        do { keys = try await client.list(prefix: RingKeys.live) } catch { throw .etcd(error) }
        guard let votes = LiveKeys(keys).majority(against: server) else { return }
        let ring = try await RingStore(RingKeys.bus, of: client).read()
        // Somebody else was faster, or the ring is that of the settings, which is nobody's to change.
        guard let list = ring.list, list.names.contains(server) else { return }
        let standbys = try await RingStore(RingKeys.standbys, of: client).read()
        guard let waiting = standbys.list, let standby = await firstThatAnswers(waiting, notIn: list) else {
            return sayThatThereIsNone(server)
        }
        let after: (ring: RingList, standbys: RingList)
        do {
            after = (try list.replacing(server, by: standby.text), try waiting.removing(standby.name, allowsNone: true))
        } catch { throw .change(error) }
        let isDone: Bool
        do {
            isDone = try await client.put(
                [RingKeys.bus: after.ring.json, RingKeys.standbys: after.standbys.json],
                ifUnchanged: votes.merging([RingKeys.bus: ring.revision, RingKeys.standbys: standbys.revision]) { $1 })
        } catch { throw .etcd(error) }
        guard isDone else { return }
        replaced.add(1, ordering: .relaxed)
        logger.warning(
            "a dead server was replaced by a standby; when it is back, add it as a standby by hand",
            metadata: ["server": "\(server)", "standby": "\(standby.name)"])
    }

    private func firstThatAnswers(_ waiting: RingList, notIn ring: RingList) async -> (name: String, text: String)? {
        for (text, url) in zip(waiting.texts, waiting.urls) where !ring.names.contains(url.name) {
            if await surroundings.answers(url) { return (url.name, text) }
        }
        return nil
    }

    private func sayThatThereIsNone(_ server: String) {
        guard unserved.insert(server).inserted else { return }
        logger.error("no standby that answers is there for a dead server", metadata: ["server": "\(server)"])
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var milliseconds: Int64 { components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 }
}

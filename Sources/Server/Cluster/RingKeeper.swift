import ChannelBus
import Etcd
import Logging
import NIOCore
import NIOPosix
import Rings
import Synchronization

/// The rings of a process that keeps them in etcd: follows them, and has dead servers replaced.
final class RingKeeper: Sendable {
    let client: EtcdClient
    private let follower: RingFollower
    private let limits: BusSettings
    private let clock: ServerClock
    private let logger: Logger
    /// While it runs.
    private let watch = Mutex<StandbyWatch?>(nil)

    /// - Parameter lifetime: how long a location counts.
    /// - Throws: ``SettingsError`` for a list of servers that is none.
    init(
        _ settings: Settings.Cluster, _ etcd: Settings.Cluster.Etcd, lifetime: Duration, clock: ServerClock,
        logger: Logger
    ) throws {
        limits = ClusterSettings.limits(settings, lifetime: lifetime)
        self.clock = clock
        self.logger = logger
        let bus = try Self.list(settings.bus, .clusterBus)
        let cache = try Self.list(settings.cache, .clusterCache)
        client = EtcdClient(
            endpoints: etcd.endpoints.map(\.description), login: etcd.login, rootsFile: settings.rootsFile)
        follower = RingFollower(client: client, bus: bus, cache: cache, settings: limits, logger: logger)
    }

    private static func list(_ urls: [String], _ name: SettingName) throws -> RingList? {
        guard !urls.isEmpty else { return nil }
        do { return try RingList(urls) } catch { throw SettingsError("\(name.rawValue): \(error)") }
    }

    // MARK: What it knows

    var status: RingStatus { follower.status }
    /// Servers that this process replaced by standbys.
    var failovers: Int { watch.withLock { $0?.failovers ?? 0 } }
    /// The ring of the bus that this process uses.
    var used: (list: RingList, revision: Int64) { follower.used }
    var store: RingStore { RingStore(RingKeys.bus, of: client) }

    /// Whether the servers of a list may be used by the settings.
    func allows(_ list: RingList) -> Bool { (try? list.ring?.check(limits)) != nil }

    // MARK: Life

    /// The rings to begin with. Throws ``RingStartError`` if there is none.
    func start() async throws -> RingPair { try await follower.start() }

    /// Keeps the cluster's rings as etcd has them, until the task is cancelled. Once.
    func run(_ cluster: Cluster) async {
        let standbys = standbyWatch(cluster)
        watch.withLock { $0 = standbys }
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { [follower] in await follower.run { cluster.setRings($0) } }
            tasks.addTask { await standbys.run() }
        }
        await close()
    }

    /// Closes the connections to etcd; also before ``run(_:)``, if that never comes.
    func close() async { await client.shutdown() }

    private func standbyWatch(_ cluster: Cluster) -> StandbyWatch {
        let surroundings = StandbyWatch.Surroundings(
            servers: { cluster.bus.servers },
            // A ring of the settings is nobody's to change.
            ring: { [follower] in follower.status.revision == 0 ? [] : follower.status.servers },
            answers: { [limits] url in
                let loop = MultiThreadedEventLoopGroup.singleton.next()
                return (try? await RedisProbe.answers(url, settings: limits, on: loop).get()) ?? false
            },
            now: clock.monotonicMilliseconds, silence: limits.pingPatience)
        return StandbyWatch(
            client: client, process: String(UInt64.random(in: .min ... .max), radix: 16), surroundings: surroundings,
            logger: logger)
    }
}

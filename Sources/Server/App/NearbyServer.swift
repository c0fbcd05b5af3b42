import Channels
import Friends
import Hummingbird
public import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// A whole server in one process: event loops, stores, REST and WebSocket on one port.
public struct NearbyServer: Sendable {
    private let settings: Settings
    private let logger: Logger
    private let clock: ServerClock
    private let demo: DemoDesk?
    private let forcedEnd: ForcedEnd?

    /// - Parameters:
    ///   - demo: lets anybody in by name, so it counts only if the server listens on loopback.
    ///   - ownsProcess: whether the process is there for the server alone, so that it may be ended when a stop takes too
    ///     long, or at a second signal.
    public init(settings: Settings, logger: Logger, demo: DemoDesk? = nil, ownsProcess: Bool = false) {
        self.init(settings: settings, logger: logger, clock: .system, demo: demo, ownsProcess: ownsProcess)
    }

    init(
        settings: Settings, logger: Logger, clock: ServerClock, demo: DemoDesk? = nil, ownsProcess: Bool = false
    ) {
        self.settings = settings
        self.logger = logger
        self.clock = clock
        self.demo = Loopback.isName(settings.host) ? demo : nil
        forcedEnd = ownsProcess ? ForcedEnd(logger: logger) : nil
    }

    /// Serves until the process is told to stop (SIGTERM, SIGINT, `POST /v1/admin/drain`) or the task is cancelled; then
    /// tells every client to reconnect, closes with 1012 and writes out the history. Returns within a limit, whatever
    /// clients do.
    ///
    /// - Parameter onReady: called once with the port, when the server takes connections.
    public func run(onReady: @escaping @Sendable (ServerAddress) async -> Void) async throws {
        OpenFiles.raiseLimit(logger: logger)
        try DataDirectory.make(settings.dataDirectory)
        let lock = try settings.database == nil ? DirectoryLock(settings.dataDirectory) : nil
        defer { withExtendedLifetime(lock) {} }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: threadCount)
        // What the other processes say has a thread of its own, so that no session waits behind it.
        let clusterGroup = settings.cluster.map { _ in MultiThreadedEventLoopGroup(numberOfThreads: 1) }
        do {
            let core = try await makeCore(group: group, clusterLoop: clusterGroup?.next())
            do { try await serve(core, group: group, onReady: onReady) } catch {
                await stop(core)
                throw error
            }
            await stop(core)
        } catch {
            try? await group.shutdownGracefully()
            try? await clusterGroup?.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
        try await clusterGroup?.shutdownGracefully()
    }

    private func stop(_ core: ServerCore) async {
        await core.cluster?.stop()
        await core.database?.close()
    }

    private var threadCount: Int {
        min(settings.threads ?? System.coreCount, EngineSettings.maximumShards)
    }

    private func makeCore(
        group: MultiThreadedEventLoopGroup, clusterLoop: (any EventLoop)?
    ) async throws -> ServerCore {
        let (keys, notices) = try Keys.load(configured: settings.keys, dataDirectory: settings.dataDirectory)
        for notice in notices { logger.notice("\(notice)") }
        if settings.cluster != nil, settings.database == nil {
            logger.warning("no database.url: other processes do not know of friends, sharing and blocks at this one")
        }
        let verifier = try TokenVerifier(keys: keys, jwksFile: settings.keys.jwksFile, rules: settings.tokens)
        let keeper = try makeRingKeeper()
        do {
            let database = try await openDatabase()
            do {
                return try await makeCore(
                    group: group, clusterLoop: clusterLoop, keys: keys, verifier: verifier, keeper, database)
            } catch {
                await database?.close()
                throw error
            }
        } catch {
            await keeper?.close()
            throw error
        }
    }

    private func makeCore(
        group: MultiThreadedEventLoopGroup, clusterLoop: (any EventLoop)?, keys: Keys, verifier: TokenVerifier,
        _ keeper: RingKeeper?, _ database: CommonDatabase?
    ) async throws -> ServerCore {
        let rings = try await keeper?.start()
        let core = try ServerCore(
            settings: settings, keys: keys, verifier: verifier, stores: try database?.stores ?? ownStores(),
            loops: group.makeIterator().map(LoopHandle.init), database: database, clusterLoop: clusterLoop,
            ringKeeper: keeper, rings: rings, clock: clock, logger: logger)
        for (index, handle) in core.loops.enumerated() {
            try await handle.eventLoop.submit {
                handle.install(ServerLoop(core: core, index: index))
                handle.loop.startSweeping()
            }.get()
        }
        try await WarmStart(core: core).run()
        core.cluster?.start(core.engine)
        return core
    }

    private func makeRingKeeper() throws -> RingKeeper? {
        guard let cluster = settings.cluster, let etcd = cluster.etcd else { return nil }
        return try RingKeeper(cluster, etcd, lifetime: settings.inactive, clock: clock, logger: logger)
    }

    private func ownStores() throws -> Stores {
        try .sqlite(at: DataDirectory.database(in: settings.dataDirectory), locationTTL: settings.inactive)
    }

    private func openDatabase() async throws -> CommonDatabase? {
        guard let url = settings.database else { return nil }
        return try await .open(url, locationTTL: settings.inactive, clock: clock, logger: logger)
    }

    private func serve(
        _ core: ServerCore, group: MultiThreadedEventLoopGroup,
        onReady: @escaping @Sendable (ServerAddress) async -> Void
    ) async throws {
        let app = Application(
            router: Routes(core: core, demo: demo).router(),
            server: .onePort(
                isClosing: { core.drainOrder.isGiven },
                decide: { head, _ in Upgrade(core: core).decide(head) },
                connect: { channel, head in Upgrade(core: core).connect(channel, head) }),
            configuration: .init(
                address: .hostname(settings.host, port: settings.port), serverName: nil,
                backlog: PortLimits.listenBacklog),
            onServerRunning: { channel in
                try? await AcceptPause.install(on: channel)
                await onReady(ServerAddress(host: settings.host, port: channel.localAddress?.port ?? settings.port))
            },
            eventLoopGroupProvider: .shared(group), logger: logger)
        // Stopped in the opposite order: clients first, then the port, then the history.
        var parts: [ServiceGroupConfiguration.ServiceConfiguration] = [
            .init(service: HistoryService(core: core)), .init(service: RetentionService(core: core)),
        ]
        if let database = core.database {
            parts.append(.init(service: ChangeFollower(core: core, database: database)))
        }
        if let keeper = core.ringKeeper, let cluster = core.cluster {
            parts.append(.init(service: RingService(keeper: keeper, cluster: cluster)))
        }
        parts += [
            .init(service: app),
            .init(
                service: DrainService(core: core, forcedEnd: forcedEnd),
                successTerminationBehavior: .gracefullyShutdownGroup),
        ]
        let services = ServiceGroup(
            configuration: .init(
                services: parts, logger: logger))
        let signals = await StopSignals(core: core, forcedEnd: forcedEnd)
        let listening = Task { await signals.run() }
        defer { listening.cancel() }
        try await runToTheEnd(services)
        for handle in core.loops {
            try await handle.eventLoop.submit { handle.stop() }.get()
        }
    }

    /// A cancelled task stops the services as a signal does, and waits for them.
    private func runToTheEnd(_ services: ServiceGroup) async throws {
        let running = Task { try await services.run() }
        try await withTaskCancellationHandler {
            try await running.value
        } onCancel: {
            Task { await services.triggerGracefulShutdown() }
        }
    }
}

/// Where a server listens.
public struct ServerAddress: Sendable {
    public let host: String
    public let port: Int
}

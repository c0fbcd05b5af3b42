import ChannelBus
import Channels
import Etcd
import Rings
import TestServers
import Testing

@testable import Server

/// Servers of one cluster whose ring is in an etcd, and the Redis servers that may be in it.
struct RingStage: Sendable {
    let servers: [LiveServer]
    let redis: [RedisServer]
    let etcd: EtcdServer
    let client: EtcdClient

    static var canRun: Bool { RedisServer.isInstalled && EtcdServer.isInstalled }

    /// - Parameters:
    ///   - ring: which of the Redis servers are in the ring at the start.
    ///   - standbys: which wait.
    static func run(
        servers: Int = 2, redis: Int, ring: [Int], standbys: [Int] = [], flags: [SettingName: String] = [:],
        _ body: @Sendable @escaping (RingStage) async throws -> Void
    ) async throws {
        try await EtcdServer.run { etcd in
            try await RedisServer.run(count: redis) { redis in
                let client = EtcdClient(endpoints: [etcd.url])
                let stage = RingStage(servers: [], redis: redis, etcd: etcd, client: client)
                do {
                    try await stage.untilEtcdAnswers()
                    try await client.put(RingKeys.bus, try stage.list(ring).json)
                    try await client.put(RingKeys.standbys, try RingList(stage.urls(standbys), allowsNone: true).json)
                    let flags = LiveServer.quick.merging([.clusterEtcd: etcd.url, .clusterOverlap: "1s"]) { $1 }
                        .merging(flags) { $1 }
                    try await start(servers, flags, stage, body)
                } catch {
                    await client.shutdown()
                    throw error
                }
                await client.shutdown()
            }
        }
    }

    private static func start(
        _ more: Int, _ flags: [SettingName: String], _ stage: RingStage,
        _ body: @Sendable @escaping (RingStage) async throws -> Void
    ) async throws {
        guard more > 0 else { return try await body(stage) }
        try await LiveServer.run(flags) { server in
            let stage = RingStage(
                servers: stage.servers + [server], redis: stage.redis, etcd: stage.etcd, client: stage.client)
            try await start(more - 1, flags, stage, body)
        }
    }

    // MARK: Redis and etcd

    func urls(_ numbers: [Int]) -> [String] { numbers.map { "redis://127.0.0.1:\(redis[$0].port)" } }
    func list(_ numbers: [Int]) throws -> RingList { try RingList(urls(numbers)) }
    var ring: RingStore { RingStore(RingKeys.bus, of: client) }
    var standbys: RingStore { RingStore(RingKeys.standbys, of: client) }

    func untilEtcdAnswers() async throws {
        try await eventually("etcd answers") { (try? await client.get("any")) != nil }
    }

    /// A user whose channel is on a server, as a ring has it.
    func user(_ prefix: String, on server: Int, of ring: [Int]) throws -> String {
        let bus = try #require(try list(ring).ring)
        let name = "127.0.0.1:\(redis[server].port)"
        return try #require(
            (0..<10_000).lazy.map { "\(prefix)\($0)" }.first {
                bus.server(for: .user(UserID($0)!)).name == name
            })
    }

    /// Writes a ring, and waits until every process uses it.
    func set(_ numbers: [Int]) async throws {
        let list = try list(numbers)
        _ = try await ring.change { _ in list }
        let revision = try await ring.read().revision
        for server in servers {
            try await eventually("the ring is followed") {
                try await server.metric("nearby_ring_revision") == Double(revision)
            }
        }
    }
}

extension LiveServer {
    /// What `/metrics` says of something, all labels together; `nil` if there is no such metric.
    func metric(_ name: String) async throws -> Double? {
        let lines = try await call("GET", "/metrics").text.split(whereSeparator: \.isNewline)
        let values = lines.filter { $0.hasPrefix(name + " ") || $0.hasPrefix(name + "{") }
            .compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }
        return values.isEmpty ? nil : values.reduce(0, +)
    }
}

/// Waits until something is so; throws if it does not become so.
@discardableResult
func eventually(
    _ what: String, within limit: Duration = .seconds(20), _ isSo: () async throws -> Bool
) async throws -> Duration {
    let start = ContinuousClock.now
    while true {
        if try await isSo() { return ContinuousClock.now - start }
        guard ContinuousClock.now - start < limit else { throw Unexpected("not in time: \(what)") }
        try await Task.sleep(for: .milliseconds(10))
    }
}

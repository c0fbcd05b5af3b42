import ChannelBus
import Channels
import Etcd
import Foundation
import Rings
import TestServers
import Testing

@testable import Server

/// The ring in etcd, as two processes follow it.
@Suite(.serialized, .enabled(if: RingStage.canRun, "redis-server or etcd is not installed")) struct RingTests {
    /// The long form is for `scripts/test-cluster`.
    private static let isLong = ProcessInfo.processInfo.environment["NEARBY_CLUSTER_LONG"] != nil
    private static let pairs = isLong ? 700 : 40
    /// Aimed at; a pair waits for each update to be heard, which the long form makes up for.
    private static let rate = isLong ? 2_900 : 400
    private static let overlap: Duration = isLong ? .seconds(5) : .seconds(1)
    private static let overlapFlag: [SettingName: String] = [.clusterOverlap: isLong ? "5s" : "1s"]

    @Test func addingRemovingAndReplacingLoseNothing() async throws {
        try await RingStage.run(redis: 5, ring: [0, 1, 2], flags: Self.overlapFlag) { stage in
            let flow = try await Flow.open(
                pairs: Self.pairs, rate: Self.rate, from: stage.servers[0], to: stage.servers[1])
            let begun = ContinuousClock.now
            let (heard, lost) = try await flow.run {
                for ring in [[0, 1, 2, 3], [1, 2, 3], [1, 4, 3]] {
                    try await stage.set(ring)
                    try await Task.sleep(for: Self.overlap + .milliseconds(500))
                }
            }
            let rate = Double(heard) / ((ContinuousClock.now - begun) / .seconds(1))
            print("ring changes: \(heard) updates heard, \(Int(rate)) a second, \(lost) lost")
            #expect(lost == 0 && heard > Self.pairs * 10)
            for server in stage.servers {
                #expect(try await server.metric("nearby_bus_dropped_total") == 0)
                #expect(try await server.metric("nearby_bus_restored_total") == 0)
                #expect(try await server.metric("nearby_bus_server_up") == 3)
            }
        }
    }

    @Test func aServerThatIsNewInTheCacheGetsItsUsersAndNobodyIsToldAgain() async throws {
        try await RingStage.run(servers: 1, redis: 2, ring: [0]) { stage in
            let server = stage.servers[0]
            let ring = try #require(try stage.list([0, 1]).ring?.ring)
            // The cache goes by the user, not by the channel.
            let users = try stage.redis.map { redis in
                try #require(
                    (0..<1_000).map { "user-\($0)" }.first { ring.member(for: $0.utf8).hasSuffix(":\(redis.port)") })
            }
            var peers: [Peer] = []
            for user in users { peers.append(try await server.client(user)) }
            try await eventually("both are kept") { try stage.redis[0].command("dbsize") == "2" }
            let published = try await server.metric("nearby_bus_published_total")
            try await stage.set([0, 1])
            try await eventually("one is kept by the new server") {
                try stage.redis[1].command("exists", "loc:\(users[1])") == "1"
            }
            #expect(try stage.redis[1].command("dbsize") == "1")
            #expect(try await server.metric("nearby_bus_published_total") == published)
        }
    }

    @Test func withoutEtcdAndWithBrokenValuesNothingChanges() async throws {
        try await RingStage.run(redis: 3, ring: [0, 1]) { stage in
            let flow = try await Flow.open(pairs: 10, rate: 100, from: stage.servers[0], to: stage.servers[1])
            let (_, lost) = try await flow.run {
                let good = try await stage.ring.read()
                for bad in [
                    "[]", "broken", #"["redis://127.0.0.1:1","redis://127.0.0.1:1"]"#, #"["redis://example.com"]"#,
                ] {
                    try await stage.client.put(RingKeys.bus, bad)
                }
                try await stage.client.delete(RingKeys.bus)
                for server in stage.servers {
                    try await eventually("what is no ring is refused") {
                        try await server.metric("nearby_ring_refused_total") == 5
                    }
                    #expect(try await server.metric("nearby_ring_revision") == Double(good.revision))
                    #expect(try await server.metric("nearby_ring_servers") == 2)
                }
                stage.etcd.kill()
                for server in stage.servers {
                    try await eventually("it is noticed") { try await server.metric("nearby_etcd_up") == 0 }
                }
                try await stage.etcd.start()
                try await stage.untilEtcdAnswers()
                try await stage.set([0, 1, 2])
                for server in stage.servers { #expect(try await server.metric("nearby_etcd_up") == 1) }
            }
            #expect(lost == 0)
        }
    }

    @Test func theRouteShowsTheRingAndChangesItAsItWasRead() async throws {
        try await RingStage.run(servers: 1, redis: 2, ring: [0]) { stage in
            let server = stage.servers[0]
            let secret = "redis://:geheim@127.0.0.1:1"
            let first = JSON.array(stage.urls([0]).map { .string($0) })
            let ring = try await server.call("GET", "/v1/admin/ring")
            #expect(ring.json["items"] == first && ring.json["next"] == .null)
            // What is not shown is kept by whoever gives it back.
            let more = JSON.array((stage.urls([0]) + [secret]).map { .string($0) })
            let put = try await server.call("PUT", "/v1/admin/ring", more)
            #expect(put.status == 200 && !put.text.contains("geheim"))
            let shown = JSON.array((stage.urls([0]) + ["redis://127.0.0.1:1"]).map { .string($0) })
            #expect(put.json["items"] == shown)
            let turned = JSON.array([shown[1], shown[0]])
            #expect(try await server.call("PUT", "/v1/admin/ring", ["items": turned]).json["items"] == turned)
            #expect(try await stage.ring.read().list?.texts == [secret] + stage.urls([0]))
            for (body, code) in [
                (JSON.array([]), "bad_ring"), (["x"], "bad_ring"), (.array([shown[0], shown[0]]), "bad_ring"),
                (["redis://example.com"], "bad_ring"), (["name": "Anna"], "bad_request"),
            ] {
                let reply = try await server.call("PUT", "/v1/admin/ring", body)
                #expect(reply.status == 400 && reply.json["code"] == .string(code))
            }
            // A broken value can be put right.
            try await stage.client.put(RingKeys.bus, "broken")
            #expect(try await server.call("PUT", "/v1/admin/ring", first).json["items"] == first)
            stage.etcd.kill()
            #expect(try await server.call("PUT", "/v1/admin/ring", more).status == 503)
            #expect(try await server.call("GET", "/v1/admin/ring").json["items"] == first)
        }
    }

    @Test func aProcessStartsWithItsOwnRingAndNotWithNone() async throws {
        try await RedisServer.run { redis in
            let url = "redis://127.0.0.1:\(redis.port)"
            // Nobody listens there.
            let nobody = "http://127.0.0.1:\(try RedisServer.freePort())"
            try await LiveServer.run(LiveServer.quick.merging([.clusterEtcd: nobody, .clusterBus: url]) { $1 }) {
                server in
                let revision = try await server.metric("nearby_ring_revision")
                let isUp = try await server.metric("nearby_etcd_up")
                #expect(revision == 0 && isUp == 0)
            }
            try await EtcdServer.run { etcd in
                let client = EtcdClient(endpoints: [etcd.url])
                try await eventually("etcd answers") { (try? await client.get("any")) != nil }
                await client.shutdown()
                let error = await #expect(throws: RingStartError.self) {
                    try await LiveServer.run(LiveServer.quick.merging([.clusterEtcd: etcd.url]) { $1 }) { _ in }
                }
                #expect(error == RingStartError.none)
            }
        }
    }
}

import ChannelBus
import Channels
import Foundation
import NIOCore
import TestServers
import Testing

@Suite(
    "A cache with a replica and sentinels", .serialized,
    .enabled(if: RedisServer.isInstalled, "redis-server is not installed"))
struct PromotionTests {
    /// From the death of the master to the first write at the new one. Sentinels take one second to notice.
    private static let bound: Duration = .seconds(10)

    /// Stores until the server has taken one.
    private func store(_ timestamp: Int64, of user: Int, in cache: RedisCache) async {
        let before = cache.counters.stored
        cache.store(.sample(timestamp), of: .number(user))
        await eventually(within: Self.bound) { cache.counters.stored > before }
    }

    private func timestamp(of user: Int, in cache: RedisCache) async throws -> Int64? {
        try await cache.fetch([.number(user)], within: .seconds(1)).get().states[0]?.timestamp
    }

    enum Death: CaseIterable, Sendable {
        case killed, frozen
    }

    @Test(
        "The master dies: reads and writes go on at the replica; the old master, back, is not written to",
        arguments: Death.allCases)
    func promotion(_ death: Death) async throws {
        try await RedisSentinel.run { stage in
            let (old, new) = (stage.servers[0], stage.servers[1])
            try await RedisCache.run(try BusRing(parsing: [stage.url])) { cache in
                #expect(cache.servers.map(\.name) == [RedisSentinel.master])
                await store(1, of: 1, in: cache)
                await eventually { (try? new.command("exists", "loc:user-1")) == "1" }
                if death == .killed { old.kill() } else { old.freeze() }
                let start = ContinuousClock.now
                await store(2, of: 2, in: cache)
                let took = ContinuousClock.now - start
                print("the cache's master was \(death): written to the promoted replica after \(took)")
                #expect(took < Self.bound)
                #expect(try await timestamp(of: 1, in: cache) == 1)
                #expect(try await timestamp(of: 2, in: cache) == 2)
                #expect(cache.counters.refused == 0 && cache.counters.dropped == 0)
                // Back as a master, as it believes; the sentinels make it a replica.
                if death == .killed { try old.start() } else { old.thaw() }
                await store(3, of: 3, in: cache)
                #expect(try new.command("exists", "loc:user-3") == "1")
                guard death == .killed else { return }
                try await eventually { try old.command("role").hasPrefix("slave") }
                try await eventually { try old.command("exists", "loc:user-3") == "1" }
                await store(4, of: 4, in: cache)
                #expect(try new.command("role").hasPrefix("master"))
                #expect(try new.command("exists", "loc:user-4") == "1")
                #expect(try await timestamp(of: 4, in: cache) == 4)
            }
        }
    }

    @Test("A promotion by hand is followed, with one sentinel left of three")
    func byHand() async throws {
        try await RedisSentinel.run { stage in
            try await RedisCache.run(try BusRing(parsing: [stage.url])) { cache in
                await store(1, of: 1, in: cache)
                let answer = try stage.sentinels[2].command("sentinel", "failover", RedisSentinel.master)
                #expect(answer == "OK")
                for sentinel in stage.sentinels.prefix(2) { sentinel.kill() }
                try await eventually { try stage.servers[0].command("role").hasPrefix("slave") }
                await store(2, of: 2, in: cache)
                #expect(try stage.servers[1].command("role").hasPrefix("master"))
                #expect(try stage.servers[1].command("exists", "loc:user-2") == "1")
                #expect(cache.counters.refused == 0)
            }
        }
    }

    @Test(
        "Encrypted, to sentinels and servers alike", .enabled(if: Certificates.isPossible, "openssl is not installed"))
    func encrypted() async throws {
        try await Certificates.make(for: "IP:127.0.0.1") { certificates in
            try await RedisSentinel.run(certificates: certificates) { stage in
                var settings = BusSettings()
                settings.tls.roots = .file(path: certificates.authority)
                try await RedisCache.run(try BusRing(parsing: [stage.url]), settings: settings) { cache in
                    await store(1, of: 1, in: cache)
                    await eventually { (try? stage.servers[1].command("exists", "loc:user-1")) == "1" }
                    stage.servers[0].kill()
                    await store(2, of: 2, in: cache)
                    let answer = try stage.servers[1].command("exists", "loc:user-2")
                    #expect(answer == "1")
                }
            }
        }
    }

    @Test("A server that turns read-only under an open connection gets nothing more, and nothing is lost")
    func readOnly() async throws {
        try await RedisSentinel.run(sentinels: 1) { stage in
            try await RedisCache.run(try BusRing(parsing: [stage.url])) { cache in
                await store(1, of: 1, in: cache)
                // The sentinel still names it: only the server itself says that it is none.
                stage.sentinels[0].freeze()
                try stage.servers[0].command("replicaof", "127.0.0.1", "\(stage.servers[1].port)")
                cache.store(.sample(2), of: .number(2))
                await eventually { cache.servers.contains { $0.isDown } }
                await eventually { cache.counters.waiting == 1 }
                #expect(cache.counters.refused == 0)
                stage.sentinels[0].thaw()
                try stage.servers[0].command("replicaof", "no", "one")
                await eventually { cache.counters.waiting == 0 && cache.counters.stored == 2 }
            }
        }
    }

    @Test("The bus follows a promotion as well: what is published reaches who listens, again")
    func bus() async throws {
        try await RedisSentinel.run { stage in
            let ring = try BusRing(parsing: [stage.url])
            try await RedisBus.run(ring, process: 1) { one, _ in
                try await RedisBus.run(ring, process: 2) { two, told in
                    try await two.hear([.number(1)])
                    stage.servers[0].kill()
                    one.publish(.sample(5), of: .number(1))
                    await eventually(within: Self.bound) { !told.now.restored.isEmpty }
                    one.publish(.sample(6), of: .number(1))
                    await eventually { told.now.newest[1]?.timestamp == 6 }
                }
            }
        }
    }
}

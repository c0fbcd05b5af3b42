import Channels
import Foundation
import Geo
import NIOCore
import NIOPosix
import TestServers
import Testing

@testable import ChannelBus

@Suite("The newest stays in the cache", .enabled(if: RedisServer.isInstalled, "redis-server is not installed"))
struct NewestTests {
    /// Stores, and says whether the server has taken it.
    @discardableResult
    private func store(_ state: UserState, in cache: RedisCache, of user: Int = 1) async -> Bool {
        let before = cache.counters
        cache.store(state, of: .number(user))
        await eventually { cache.counters.stored + cache.counters.outranked > before.stored + before.outranked }
        return cache.counters.stored > before.stored
    }

    private func state(in cache: RedisCache, of user: Int = 1) async throws -> UserState? {
        try await cache.fetch([.number(user)], within: .seconds(5)).get().states[0]
    }

    private func lifetime(_ server: RedisServer) throws -> Int { Int(try server.command("pttl", "loc:user-1")) ?? 0 }

    @Test("Older is refused and changes no lifetime, equal renews it, newer replaces")
    func order() async throws {
        try await RedisServer.run { server in
            try await RedisCache.run(try BusRing(server)) { cache in
                let now = BusClock.system()
                #expect(await store(.sample(5, heard: now - 300_000), in: cache))
                #expect(await !store(.sample(4, heard: now), in: cache))
                #expect(290_000...300_000 ~= (try lifetime(server)))
                #expect(try await state(in: cache)?.timestamp == 5)
                try server.command("pexpire", "loc:user-1", "1000")
                #expect(await store(.sample(5, heard: now - 300_000), in: cache))
                #expect(290_000...300_000 ~= (try lifetime(server)))
                #expect(await store(.sample(6, heard: now - 400_000), in: cache))
                #expect(190_000...200_000 ~= (try lifetime(server)))
                var other = UserState.sample(1, heard: now)
                other.epoch += 1
                #expect(await store(other, in: cache))
                #expect(await !store(.sample(7, heard: now), in: cache))
                #expect(try await state(in: cache)?.epoch == other.epoch)
                // Before the Unix epoch, as an unset clock says.
                var early = other
                for (timestamp, isTaken) in [(-5, false), (2, true), (-1, false)] as [(Int64, Bool)] {
                    early.timestamp = timestamp
                    #expect(await store(early, in: cache) == isTaken)
                }
                #expect(cache.counters.refused == 0)
            }
        }
    }

    @Test("Who stopped sharing stays hidden, whatever comes late, until a later epoch; no place is kept")
    func tombstone() async throws {
        try await RedisServer.run { server in
            let ring = try BusRing(server)
            try await RedisCache.run(ring) { here in
                try await RedisCache.run(ring) { there in
                    #expect(await store(.sample(5), in: there))
                    #expect(await store(.hidden(5, epoch: 8), in: here))
                    #expect(try server.command("strlen", "loc:user-1") == "14")
                    #expect(590_000...600_000 ~= (try lifetime(server)))
                    // Heard later than the tombstone was made, by a process that does not know.
                    #expect(await !store(.sample(9), in: there))
                    var same = UserState.sample(10)
                    same.epoch = 8
                    #expect(await !store(same, in: there))
                    let hidden = try #require(try await state(in: there))
                    #expect(hidden.epoch == 8 && hidden.flags == [] && hidden.timestamp == .min)
                    // Further locations of somebody hidden keep the tombstone alive.
                    try server.command("pexpire", "loc:user-1", "1000")
                    #expect(await store(.hidden(11, epoch: 8), in: here))
                    #expect(590_000...600_000 ~= (try lifetime(server)))
                    same.epoch = 9
                    #expect(await store(same, in: there))
                    #expect(try await state(in: here)?.timestamp == 10)
                    var erased = UserState.hidden(0, epoch: 10)
                    erased.flags = .erased
                    #expect(await store(erased, in: here))
                    #expect(await !store(same, in: there))
                    #expect(try await state(in: there)?.flags == .erased)
                }
            }
        }
    }

    @Test("The script's name is the one that servers give it")
    func digest() async throws {
        try await RedisServer.run { server in
            let name = try server.command("script", "load", "\(CacheScript.text)")
            #expect(name == "\(CacheScript.digest)")
        }
    }

    @Test("A server that has forgotten the script, or was restarted, is told it again and nothing is lost")
    func forgottenScript() async throws {
        try await RedisServer.run { server in
            try await RedisCache.run(try BusRing(server)) { cache in
                #expect(await store(.sample(1), in: cache))
                for timestamp in [2, 3] as [Int64] {
                    try server.command("script", "flush")
                    #expect(await store(.sample(timestamp), in: cache))
                    #expect(cache.counters.returned == Int(timestamp) - 1)
                }
                let calls = try server.command("info", "commandstats")
                #expect(calls.contains("cmdstat_eval:calls=3"))
                server.kill()
                await eventually { cache.servers.contains { $0.isDown } }
                cache.store(.sample(4), of: .number(1))
                try server.start()
                await eventually { cache.counters.stored == 4 }
                #expect(await !store(.sample(3), in: cache))
                let after = try server.command("info", "commandstats")
                #expect(after.contains("cmdstat_eval:calls=1") && after.contains("cmdstat_evalsha:calls=1"))
                #expect(cache.counters.refused == 0 && cache.counters.dropped == 0)
            }
        }
    }

    @Test("What another version wrote is kept by its rank and read as nothing; what has no rank is replaced")
    func otherVersions() async throws {
        try await RedisServer.run { server in
            try await RedisCache.run(try BusRing(server)) { cache in
                // Version, epoch 7, timestamp 5 without its sign, and what only that version knows.
                func put(version: Int) throws {
                    let value = #"return redis.call('SET', 'loc:user-1', string.char(\#(version), 0, 0, 0, 7, "#
                    try server.command("eval", value + "128, 0, 0, 0, 0, 0, 0, 5, 1, 2, 3))", "0")
                }
                try put(version: 3)
                #expect(try await state(in: cache) == nil)
                await eventually { cache.counters.malformed == 1 }
                #expect(await !store(.sample(4), in: cache))
                #expect(await store(.sample(5), in: cache))
                try put(version: 1)
                #expect(await store(.sample(4), in: cache))
                #expect(try await state(in: cache)?.timestamp == 4)
                for junk in [["set", "loc:user-1", "short"], ["lpush", "loc:user-1", "a list"]] {
                    try server.command("del", "loc:user-1")
                    try server.command(junk)
                    #expect(await store(.sample(1), in: cache))
                    #expect(try await state(in: cache)?.timestamp == 1)
                }
            }
        }
    }
}

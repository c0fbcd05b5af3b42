import ChannelBus
import Channels
import Geo
import NIOCore
import NIOPosix
import TestServers
import Testing

@Suite("The location cache", .enabled(if: RedisServer.isInstalled, "redis-server is not installed"))
struct CacheTests {
    @Test("What one process stores another reads, with the age of when it was heard, in the own clock")
    func storeAndFetch() async throws {
        try await RedisServer.run(count: 3) { servers in
            let ring = try BusRing(parsing: servers.map { "redis://127.0.0.1:\($0.port)" })
            try await RedisCache.run(ring) { one in
                // A clock that began elsewhere.
                try await RedisCache.run(ring, clock: { BusClock.system() - 5_000_000 }) { two in
                    let count = 3_000
                    let heard = BusClock.system() - 60_000
                    for user in 0..<count { one.store(.sample(Int64(user), heard: heard), of: .number(user)) }
                    await eventually { one.counters.stored == count }
                    let users = (0...count).map(UserID.number)
                    let answer = try await two.fetch(users, within: .seconds(5)).get()
                    #expect(answer.unknown.isEmpty)
                    #expect(
                        answer.states.dropLast().enumerated().allSatisfy { Int64($0.offset) == $0.element?.timestamp })
                    #expect(answer.states.last == .some(nil))
                    let age = BusClock.system() - 5_000_000 - (answer.states[0]?.heard ?? 0)
                    #expect(abs(age - 60_000) < 10_000)
                }
            }
        }
    }

    @Test("An entry lives for what is left of its lifetime; what is over is not written")
    func lifetime() async throws {
        try await RedisServer.run { server in
            let ring = try BusRing(server)
            try await RedisCache.run(ring) { cache in
                let now = BusClock.system()
                cache.store(.sample(1, heard: now - 500_000), of: .number(1))
                cache.store(.sample(1, heard: now), of: .number(2))
                cache.store(.sample(1, heard: now - 600_000), of: .number(3))
                await eventually { cache.counters.stored == 2 }
                let rest = Int(try server.command("pttl", "loc:user-1")) ?? 0
                #expect(90_000...100_000 ~= rest)
                let fresh = Int(try server.command("pttl", "loc:user-2")) ?? 0
                #expect(590_000...600_000 ~= fresh)
                let size = try server.command("dbsize")
                #expect(size == "2")
            }
        }
    }

    @Test("Of several states of one user in a tick the newest is written; of an erased one nothing is left but that")
    func newestAndErased() async throws {
        try await RedisServer.run { server in
            try await RedisCache.run(try BusRing(server)) { cache in
                for timestamp in [5, 9] { cache.store(.sample(Int64(timestamp)), of: .number(1)) }
                await eventually { (1...2).contains(cache.counters.stored) && cache.counters.waiting == 0 }
                let answer = try await cache.fetch([.number(1)], within: .seconds(5)).get()
                #expect(answer.states[0]?.timestamp == 9)
                let before = cache.counters.stored
                var erased = UserState.hidden(epoch: 8)
                erased.flags = .erased
                cache.store(erased, of: .number(1))
                await eventually { cache.counters.stored == before + 1 }
                let after = try await cache.fetch([.number(1)], within: .seconds(5)).get()
                #expect(after.states[0]?.flags == .erased && after.states[0]?.epoch == 8)
                #expect(try server.command("strlen", "loc:user-1") == "14")
            }
        }
    }

    @Test("A server that does not answer makes its users unknown, in time, and no others")
    func unknown() async throws {
        try await RedisServer.run(count: 2) { servers in
            let ring = try BusRing(parsing: servers.map { "redis://127.0.0.1:\($0.port)" })
            try await RedisCache.run(ring) { cache in
                let users = (0..<200).map(UserID.number)
                for user in users { cache.store(.sample(), of: user) }
                await eventually { cache.counters.stored == users.count }
                servers[0].freeze()
                let answer = try await cache.fetch(users, within: .milliseconds(200)).get()
                let frozen = "127.0.0.1:\(servers[0].port)"
                let expected = users.indices.filter { ring.ring.member(for: users[$0].string.utf8) == frozen }
                #expect(answer.unknown == expected)
                #expect(!expected.isEmpty && expected.count < users.count)
                #expect(users.indices.allSatisfy { (answer.states[$0] == nil) == expected.contains($0) })
                await eventually { cache.servers.contains { $0.isDown } }
                let later = try await cache.fetch(users, within: .seconds(5)).get()
                #expect(later.unknown == expected)
                servers[0].thaw()
                await eventually { cache.servers.allSatisfy { $0.state == .up } }
                let healed = try await cache.fetch(users, within: .seconds(5)).get()
                #expect(healed.unknown.isEmpty)
            }
        }
    }

    @Test("A change of the ring: found at the old place during the overlap, written to both")
    func ringChange() async throws {
        try await RedisServer.run(count: 2) { servers in
            let urls = servers.map { "redis://127.0.0.1:\($0.port)" }
            try await RedisCache.run(try BusRing(parsing: [urls[0]])) { cache in
                let users = (0..<200).map(UserID.number)
                for user in users { cache.store(.sample(), of: user) }
                await eventually { cache.counters.stored == users.count }
                cache.setRing(try BusRing(parsing: urls), overlap: .milliseconds(500))
                await eventually { cache.servers.count == 2 && cache.servers.allSatisfy { $0.state == .up } }
                let during = try await cache.fetch(users, within: .seconds(5)).get()
                #expect(!during.states.contains { $0 == nil })
                for user in users { cache.store(.sample(), of: user) }
                // Those that move are written to both.
                await eventually { cache.counters.waiting == 0 && cache.counters.stored > 2 * users.count }
                try await Task.sleep(for: .milliseconds(600))
                let after = try await cache.fetch(users, within: .seconds(5)).get()
                #expect(!after.states.contains { $0 == nil })
            }
        }
    }

    @Test("A value that is no location is none, and counted")
    func malformed() async throws {
        try await RedisServer.run { server in
            try await RedisCache.run(try BusRing(server)) { cache in
                try server.command("set", "loc:user-1", "nonsense")
                try server.command("lpush", "loc:user-2", "a list")
                let answer = try await cache.fetch([.number(1), .number(2)], within: .seconds(5)).get()
                #expect(answer.states == [nil, nil])
                await eventually { cache.counters.malformed == 1 }
            }
        }
    }
}

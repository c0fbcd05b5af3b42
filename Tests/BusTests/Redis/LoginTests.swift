import ChannelBus
import Channels
import Foundation
import Geo
import NIOCore
import NIOPosix
import TestServers
import Testing

@Suite("Users and passwords of Redis", .enabled(if: RedisServer.isInstalled, "redis-server is not installed"))
struct LoginTests {
    private static let rules = [
        "--user", "default", "off",
        "--user", "worker", "on", ">s%cret@:/", "&user:*", "+@connection", "+publish", "+subscribe",
        "+unsubscribe", "+time",
        "--user", "admin", "on", ">admin", "&*", "~*", "+@all",
    ]

    private func ring(_ server: RedisServer, _ credentials: String) throws -> BusRing {
        try BusRing(parsing: ["redis://\(credentials)127.0.0.1:\(server.port)"])
    }

    @Test("An ACL user with just the rights it needs; a channel that it may not hear is missing, and counted")
    func rights() async throws {
        try await RedisServer.run(Self.rules) { server in
            let ring = try ring(server, "worker:s%25cret%40%3A%2F@")
            var settings = BusSettings()
            settings.refusalPause = .milliseconds(100)
            try await RedisBus.run(ring, process: 1) { one, _ in
                try await RedisBus.run(ring, settings: settings, process: 2) { two, told in
                    try await two.hear([.number(1)])
                    let cell = BusChannel.cell(Geohash("u33d")!)
                    two.subscribe([BusInterest(cell)])
                    // A refusal is an answer: nobody waits for more.
                    let begun = ContinuousClock.now
                    let ready = try await two.whenAcknowledged([cell], within: .seconds(300)).get()
                    #expect(ready.missing == [cell] && ContinuousClock.now - begun < .seconds(60))
                    await eventually { two.counters.subscriptionsRefused >= 1 }
                    one.publish(.sample(1), of: .number(1))
                    one.publish(Record(kind: 64, user: 0), of: .number(1), in: Geohash("u33d")!)
                    await eventually { told.now.stateCount == 1 && one.counters.refused == 1 }
                    // Once the rights are there it is heard, without a new connection.
                    let rights = ["--user", "admin", "--pass", "admin", "acl", "setuser", "worker", "&cell:*"]
                    try server.command(rights)
                    await eventually { told.now.restored.map(\.channel) == [cell] }
                    one.publish(Record(kind: 64, user: 0), of: .number(1), in: Geohash("u33d")!)
                    await eventually { told.now.records.count == 1 }
                    #expect(two.counters.reconnects == 0)
                }
            }
        }
    }

    /// As docs/scaling.md has them.
    private static let cacheRules = [
        "--user", "default", "off",
        "--user", "worker", "on", ">hush", "~loc:*", "+@connection", "+time", "+mget", "+eval", "+evalsha", "+psetex",
    ]

    @Test("The rights that a cache needs are enough, and each of them is needed")
    func cacheRights() async throws {
        for missing in [nil, "+mget", "+eval", "+psetex", "+time", "~loc:*"] {
            try await RedisServer.run(Self.cacheRules.filter { $0 != missing }) { server in
                let cache = try RedisCache(
                    ring: try ring(server, "worker:hush@"), on: MultiThreadedEventLoopGroup.singleton.next(),
                    logger: quiet)
                cache.start()
                for timestamp in [1, 2] as [Int64] {
                    let before = cache.counters
                    cache.store(.sample(timestamp), of: .number(1))
                    await eventually {
                        cache.counters.stored + cache.counters.refused > before.stored + before.refused
                            || cache.servers.contains { $0.isDown }
                    }
                }
                #expect((cache.counters.stored == 2) == (missing == nil))
                try await cache.stop().get()
            }
        }
    }

    @Test(
        "Wrong or missing credentials: down, refused, tried again, and no password in what is told",
        arguments: ["worker:wrong@", ":wrong@", ""])
    func refused(credentials: String) async throws {
        try await RedisServer.run(Self.rules) { server in
            try await RedisBus.run(try ring(server, credentials), process: 1) { bus, told in
                await eventually { bus.servers.first?.isDown == true }
                guard case .down(let failure) = told.now.servers.first?.state else {
                    Issue.record("it is not down")
                    return
                }
                #expect(failure.code == .refused)
                #expect(!"\(failure)".contains("wrong"))
            }
        }
    }

    @Test("A server whose user changed is one server, and as well as its new address is")
    func newUser() async throws {
        let rules =
            ["--user", "default", "on", "nopass", "~*", "&*", "+@all"]
            + ["a", "b"].flatMap { ["--user", $0, "on", ">s", "&*", "~*", "+@all"] }
        try await RedisServer.run(rules) { server in
            try await RedisBus.run(try ring(server, "a:s@"), process: 1) { bus, told in
                bus.setRing(try ring(server, "b:s@"), overlap: .seconds(300))
                await eventually { told.now.servers.count(where: { $0.state == .up }) == 2 }
                try server.command("acl", "deluser", "a")
                await eventually { told.now.servers.contains(where: \.isDown) }
                #expect(bus.servers.map(\.state) == [.up])
            }
        }
    }

    /// It repeats what it does not understand.
    @Test("A server that knows no HELLO: no password in what is told")
    func noHello() async throws {
        try await RedisServer.run(["--rename-command", "HELLO", "", "--requirepass", "hush"]) { server in
            let ring = try BusRing(parsing: ["redis://worker:hush@127.0.0.1:\(server.port)"])
            try await RedisBus.run(ring, process: 1) { bus, told in
                await eventually { bus.servers.first?.isDown == true }
                guard case .down(let failure) = told.now.servers.first?.state else {
                    Issue.record("it is not down")
                    return
                }
                #expect(failure.code == .refused && failure.detail == "ERR: is it Redis 7 or later?")
            }
        }
    }

    @Test("The password of the default user, and a database of its own")
    func requirePass() async throws {
        try await RedisServer.run(["--requirepass", "hush"]) { server in
            let ring = try BusRing(parsing: ["redis://:hush@127.0.0.1:\(server.port)/3"])
            try await RedisBus.run(ring, process: 1) { bus, _ in
                await eventually { bus.servers.first?.state == .up }
            }
        }
    }
}

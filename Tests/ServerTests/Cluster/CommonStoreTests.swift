import TestServers
import Testing

@testable import Server

/// Two servers with one PostgreSQL and one Redis, as they are run in earnest.
@Suite(
    .enabled(
        if: RedisServer.isInstalled && PostgreSQLServer.isInstalled, "redis-server or PostgreSQL is not installed"))
struct CommonStoreTests {
    private func withTwo(
        _ body: @Sendable @escaping (LiveServer, LiveServer, RedisServer) async throws -> Void
    ) async throws {
        let postgres = try PostgreSQLServer.shared
        let database = try postgres.url(postgres.makeDatabase())
        try await RedisServer.run { redis in
            let flags = LiveServer.quick.merging(
                [.clusterBus: "redis://127.0.0.1:\(redis.port)", .databaseURL: database]
            ) { $1 }
            try await LiveServer.run(flags) { one in
                try await LiveServer.run(flags) { other in try await body(one, other, redis) }
            }
        }
    }

    private func nearby(_ user: String, at server: LiveServer) async throws -> JSON {
        try await server.call("GET", "/v1/users/\(user)/nearby/friends", as: user).json
    }

    private func eventually(_ condition: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(20)
        while try await !condition() {
            guard ContinuousClock.now < end else {
                Issue.record("it did not come about")
                return
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    @Test func whoPollsIsToldTheSameEverywhere() async throws {
        try await withTwo { one, other, _ in
            try await one.befriend("anna", "bob")
            _ = try await other.client("anna")
            let bob = try await other.client("bob", at: Place.home.north(100))
            for server in [one, other] {
                try await eventually { try await nearby("anna", at: server)["items"].column("id") == ["bob"] }
            }
            // Known at the first by now, where nobody follows him: each asking looks anew.
            let ts = one.now + 1_000
            bob.move(to: Place.home.north(300), ts: ts)
            try await eventually { try await nearby("anna", at: one)["items"][0]["ts"] == .number(ts) }
            #expect(try await bob.ask(["type": "settings", "sharing": false])["sharing"] == false)
            for server in [one, other] { #expect(try await nearby("anna", at: server)["total"] == 0) }
        }
    }

    @Test func aSubscriptionIsAnsweredWithWhatAnyProcessKnows() async throws {
        try await withTwo { one, other, _ in
            let bob = try await other.client("bob", at: Place.home.north(20_000))
            let anna = try await one.client("anna")
            try await other.befriend("anna", "bob")
            let first = try await anna.ask(["type": "subscribe", "friend": "bob"])
            #expect(first["location"]["ts"] != nil)
            #expect(try await anna.ask(["type": "unsubscribe", "friend": "bob"]).type == "ok")
            let ts = one.now + 1_000
            bob.move(to: Place.home.north(30_000), ts: ts)
            _ = try await bob.barrier()
            try await eventually {
                try await anna.ask(["type": "subscribe", "friend": "bob"])["location"]["ts"] == .number(ts)
            }
        }
    }

    // MARK: What anybody can write to Redis

    /// Publishes a state of a user who is at home.
    private func forge(
        _ user: String, flags: UInt8, epoch: UInt32, ts: Int64, age: UInt32 = 0, at redis: RedisServer
    ) throws {
        func bytes(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }
        let message: [UInt8] =
            [1] + bytes(UInt64(7)) + [1, flags] + bytes(epoch) + bytes(Int32(407_500_000)) + bytes(Int32(-739_800_000))
            + bytes(ts) + bytes(age)
        let text = message.map(String.init).joined(separator: ",")
        let heard = try redis.command(
            "eval", "return redis.call('publish', KEYS[1], string.char(\(text)))", "1", "user:\(user)")
        #expect(heard == "2", "both servers follow")
    }

    @Test func nobodyIsShownBecauseRedisSaysSo() async throws {
        try await withTwo { one, other, redis in
            try await one.befriend("anna", "bob")
            let anna = try await one.client("anna")
            let bob = try await other.client("bob", at: Place.home.north(100))
            #expect(try await anna.message("updates")["friends"].column("id") == ["bob"])
            #expect(try await bob.ask(["type": "settings", "sharing": false])["sharing"] == false)
            #expect(try await anna.message("updates")["friends_gone"].column("id") == ["bob"])
            for epoch in [2, 3, 1_000, UInt32.max / 2, .max] {
                try forge("bob", flags: 3, epoch: epoch, ts: one.now + Int64(epoch % 5), at: redis)
            }
            bob.move(to: Place.home.north(200), ts: one.now + 100)
            #expect(try await bob.ask(["type": "settings"])["sharing"] == false)
            #expect(try await anna.barrier() == [])
            #expect(try await bob.ask(["type": "settings", "sharing": true])["sharing"] == true)
            #expect(try await anna.message("updates")["friends"].column("id") == ["bob"])
            // Nor is anybody's time run ahead of for good.
            try forge("bob", flags: 3, epoch: 2, ts: .max, at: redis)
            let ts = one.now + 10_000
            bob.move(to: Place.home.north(300), ts: ts)
            while try await anna.message("updates")["friends"][0]["ts"] != .number(ts) {}
        }
    }

    @Test func numbersThatAreNoneEndNoServer() async throws {
        try await withTwo { one, other, redis in
            try await one.befriend("anna", "bob")
            let anna = try await one.client("anna")
            let bob = try await other.client("bob", at: Place.home.north(100))
            #expect(try await anna.message("updates")["friends"].column("id") == ["bob"])
            for age in [0, 1, UInt32.max - 1, .max] {
                for ts in [Int64.min, 0, one.now + 1_000, .max] {
                    for flags in [0, 1, 3, 7] as [UInt8] {
                        try forge("bob", flags: flags, epoch: 1, ts: ts, age: age, at: redis)
                    }
                }
            }
            for peer in [anna, bob] { _ = try await peer.barrier() }
            #expect(try await bob.ask(["type": "settings", "sharing": false])["sharing"] == false)
        }
    }
}

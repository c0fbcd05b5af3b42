import TestServers
import Testing

@testable import Server

/// Friends whose sessions are on different processes: two servers with stores of their own, tied by Redis.
@Suite(.enabled(if: RedisServer.isInstalled, "redis-server is not installed")) struct ClusterTests {
    /// Runs two servers with the same friendships: `anna` with `bob` and `cat`.
    private func withTwo(
        _ body: @Sendable @escaping (LiveServer, LiveServer, RedisServer) async throws -> Void
    ) async throws {
        try await RedisServer.run { redis in
            let flags = LiveServer.quick.merging([.clusterBus: "redis://127.0.0.1:\(redis.port)"]) { $1 }
            try await LiveServer.run(flags) { one in
                try await LiveServer.run(flags) { other in
                    for server in [one, other] { try await server.befriend("anna", "bob", "cat") }
                    try await body(one, other, redis)
                }
            }
        }
    }

    /// The ids in a friends' list, as they stand after some messages.
    private func ids(_ welcome: JSON) -> Set<String> { Set(welcome["friends"]["items"].column("id")) }

    @Test func aWelcomeShowsWhoIsOnAnotherProcess() async throws {
        try await withTwo { one, other, _ in
            _ = try await one.client("anna")
            let (_, welcome) = try await other.join("bob", at: Place.home.north(100))
            #expect(ids(welcome) == ["anna"])
        }
    }

    @Test func movesSharingAndArrivalsCrossOver() async throws {
        try await withTwo { one, other, _ in
            let anna = try await one.client("anna")
            let bob = try await other.client("bob", at: Place.home.north(100))
            let arrival = try await anna.message("updates")
            #expect(arrival["friends"].column("id") == ["bob"])
            for step in 1...20 {
                let ts = one.now + Int64(step)
                bob.move(to: Place.home.north(100 + Double(step)), ts: ts)
                while try await anna.message("updates")["friends"][0]["ts"] != .number(ts) {}
            }
            // Back and forth: each is told of the other.
            anna.move(to: Place.home.north(1), ts: one.now + 100)
            #expect(try await bob.message("updates")["friends"].column("id") == ["anna"])
            #expect(try await bob.ask(["type": "settings", "sharing": false]).type == "settings")
            let gone = try await anna.message("updates")
            #expect(gone["friends_gone"][0] == ["id": "bob", "reason": "stopped"])
        }
    }

    @Test func aUserWhoMovesToAnotherProcessIsOneUser() async throws {
        try await withTwo { one, other, _ in
            let anna = try await one.client("anna")
            let first = try await one.client("bob", at: Place.home.north(100))
            #expect(try await anna.message("updates")["friends"].column("id") == ["bob"])
            first.move(to: Place.home.north(50), ts: one.now + 1_000)
            while try await anna.message("updates")["friends"][0]["ts"].double == nil {}
            first.vanish()
            // An older location of the same user is none, wherever it comes from.
            let newest = one.now + 2_000
            let (again, _) = try await other.join("bob", at: Place.home.north(3_000), ts: one.now)
            again.move(to: Place.home.north(70), ts: newest)
            #expect(try await anna.message("updates")["friends"][0]["ts"] == .number(newest))
        }
    }

    @Test func whileRedisIsDownFriendsOfOneProcessLoseNothingAndTheOthersComeBack() async throws {
        try await withTwo { one, other, redis in
            let anna = try await one.client("anna")
            let bob = try await other.client("bob", at: Place.home.north(100))
            #expect(try await anna.message("updates")["friends"].column("id") == ["bob"])
            redis.kill()
            let cat = try await one.client("cat", at: Place.home.north(200))
            #expect(try await anna.message("updates")["friends"].column("id") == ["cat"])
            let ts = one.now + 500
            bob.move(to: Place.home.north(300), ts: ts)
            cat.move(to: Place.home.north(250), ts: ts)
            #expect(try await anna.message("updates")["friends"].column("id") == ["cat"])
            try redis.start()
            // Nobody moves again: what was said meanwhile is said once more.
            while true {
                let update = try await anna.message("updates")
                if update["friends"][0]["id"] == "bob", update["friends"][0]["ts"] == .number(ts) { break }
            }
        }
    }

    @Test(arguments: [
        ("redis://user:geheim@example.com:1", "plaintext"), ("http://127.0.0.1", "must be redis:// or rediss:// URLs"),
        ("redis://127.0.0.1:1,redis://127.0.0.1:1", "badRing"),
    ])
    func aWrongAddressIsRefusedAndNotRepeated(_ urls: String, _ reason: String) async throws {
        let flags = LiveServer.quick.merging([.clusterBus: urls]) { $1 }
        let error = await #expect(throws: (any Error).self) { try await LiveServer.run(flags) { _ in } }
        #expect("\(error!)".contains(reason) && !"\(error!)".contains("geheim"), "\(error!)")
    }
}

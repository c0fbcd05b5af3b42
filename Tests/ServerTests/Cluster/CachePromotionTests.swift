import TestServers
import Testing

@testable import Server

/// A common cache that dies, is promoted, or forgets everything, with sessions at two processes.
@Suite(.serialized, .enabled(if: RedisServer.isInstalled, "redis-server is not installed")) struct CachePromotionTests {
    private func withTwo(
        cache: String, bus: RedisServer, _ body: @Sendable @escaping (LiveServer, LiveServer) async throws -> Void
    ) async throws {
        let flags = LiveServer.quick
            .merging([.clusterBus: "redis://127.0.0.1:\(bus.port)", .clusterCache: cache]) { $1 }
        try await LiveServer.run(flags) { one in
            try await LiveServer.run(flags) { other in
                for server in [one, other] { try await server.befriend("anna", "bob") }
                try await body(one, other)
            }
        }
    }

    /// Says hello as `bob` until the list has `anna` in it.
    private func seesAnna(_ server: LiveServer) async throws -> Duration {
        try await eventually("anna is shown", within: .seconds(10)) {
            let (bob, welcome) = try await server.join("bob", at: Place.home.north(100))
            bob.vanish()
            return welcome["friends"]["items"].column("id") == ["anna"]
        }
    }

    @Test func aHelloIsAnsweredFromThePromotedReplica() async throws {
        try await RedisServer.run { bus in
            try await RedisSentinel.run(sentinels: 3, ["--replica-read-only", "no"]) { stage in
                try await withTwo(cache: stage.url, bus: bus) { one, other in
                    let anna = try await one.client("anna")
                    let cache = stage.servers[1]
                    try await eventually("the replica has her") { try cache.command("exists", "loc:anna") == "1" }
                    // As if the replica had not heard of her yet: what it has not is lost with the master.
                    try cache.command("del", "loc:anna")
                    stage.servers[0].kill()
                    let took = try await seesAnna(other)
                    print("the cache's master was killed: a friend at another process is shown after \(took)")
                    try await eventually("she is kept again") { try cache.command("exists", "loc:anna") == "1" }
                    try await eventually("each process has found it", within: .seconds(10)) {
                        try await other.metric("nearby_cache_server_up") == 1
                    }
                    // Whoever is live goes on.
                    let bob = try await other.client("bob", at: Place.home.north(100))
                    let ts = one.now + 500
                    anna.move(to: Place.home.north(5), ts: ts)
                    while try await bob.message("updates")["friends"][0]["ts"] != .number(ts) {}
                }
            }
        }
    }

    @Test func whoStoppedSharingOrWasErasedStaysHiddenInACacheThatHasForgotten() async throws {
        try await RedisServer.run { bus in
            try await RedisServer.run { cache in
                try await withTwo(cache: "redis://127.0.0.1:\(cache.port)", bus: bus) { one, _ in
                    let anna = try await one.client("anna")
                    let bob = try await one.client("bob")
                    #expect(try await anna.ask(["type": "settings", "sharing": false])["sharing"] == false)
                    #expect(try await one.call("DELETE", "/v1/users/bob").status == 204)
                    #expect(try await bob.closing() == 4506)
                    // No place, no time: version, epoch and flags are 14 bytes.
                    let lengths = { try ["anna", "bob"].map { try cache.command("strlen", "loc:\($0)") } }
                    try await eventually("both are hidden") { try lengths() == ["14", "14"] }
                    cache.kill()
                    try cache.start()
                    try await eventually("both are hidden again") { try lengths() == ["14", "14"] }
                }
            }
        }
    }

    @Test func aCacheThatHasForgottenEverythingIsFilledAgain() async throws {
        try await RedisServer.run { bus in
            try await RedisServer.run { cache in
                try await withTwo(cache: "redis://127.0.0.1:\(cache.port)", bus: bus) { one, other in
                    let anna = try await one.client("anna")
                    try await eventually("anna is kept") { try cache.command("exists", "loc:anna") == "1" }
                    cache.kill()
                    try cache.start()
                    // She does not move: her process has seen that the server was away.
                    try await eventually("anna is kept again") { try cache.command("exists", "loc:anna") == "1" }
                    let bob = try await other.client("bob", at: Place.home.north(100))
                    // Nothing tells of this one; whoever is live goes on.
                    try cache.command("flushall")
                    let ts = one.now + 500
                    anna.move(to: Place.home.north(5), ts: ts)
                    while try await bob.message("updates")["friends"][0]["ts"] != .number(ts) {}
                    try await eventually("with her next location") {
                        try cache.command("exists", "loc:anna") == "1"
                    }
                }
            }
        }
    }
}

import Geo
import TestServers
import Testing

@testable import Server

/// Strangers whose sessions are on different processes: servers with stores of their own, in which users have the same
/// numbers, tied by Redis.
@Suite(.enabled(if: RedisServer.isInstalled, "redis-server is not installed")) struct StrangerClusterTests {
    private static let place: Place = {
        let middle = Geohash("dr5ru7")!.center
        return Place(lat: middle.latitude, lon: middle.longitude)
    }()
    private var place: Place { Self.place }

    /// Runs two servers.
    private func withTwo(
        k: Int = 1, _ body: @Sendable @escaping (LiveServer, LiveServer, RedisServer) async throws -> Void
    ) async throws {
        try await RedisServer.run { redis in
            let flags = LiveServer.quick.merging([
                .clusterBus: "redis://127.0.0.1:\(redis.port)", .strangersK: "\(k)", .strangersTick: "100ms",
            ]) { $1 }
            try await LiveServer.run(flags) { one in
                try await LiveServer.run(flags) { other in
                    for server in [one, other] { try await server.create("anna", "bob", "cat", "dora") }
                    try await body(one, other, redis)
                }
            }
        }
    }

    @Test func theWelcomeShowsWhoIsOnAnotherProcessAndNewcomersAreSeen() async throws {
        try await withTwo { one, other, _ in
            var anna = try await Crowd.join(one, "anna", at: place)
            var bob = try await Crowd.join(other, "bob", at: place.north(20))
            #expect(bob.shown.count == 1 && bob.status["too_few"] == false)
            #expect(bob.shown.values.first?["cell"] == "dr5ru7")
            try await anna.hear { $0.shown.count == 1 }
            #expect(anna.sids != bob.sids)
            // Moves: the cell beside, within the radius.
            let east = Geohash("dr5ru7")!.box.east + 0.006
            bob.peer.move(to: Place(lat: place.lat, lon: east), ts: other.now + 1)
            let cell = Geohash(Coordinate(latitude: place.lat, longitude: east)!, precision: 6).description
            try await anna.hear { $0.shown.values.first?["cell"] == .string(cell) }
            // Out of reach, and back.
            bob.peer.move(to: Place(lat: place.lat, lon: east + 1), ts: other.now + 2)
            try await anna.hear { $0.shown.isEmpty }
            bob.peer.move(to: place, ts: other.now + 3)
            try await anna.hear { $0.shown.count == 1 }
            // Turned off: at once, and the other way nobody is left either.
            _ = try await bob.peer.ask(["type": "strangers", "on": false])
            try await anna.hear { $0.shown.isEmpty }
            bob = try await Crowd.join(other, "bob", at: place)
            try await anna.hear { $0.shown.count == 1 }
        }
    }

    @Test func fewerThanKAreNobodyHoweverTheyAreSpread() async throws {
        try await withTwo(k: 3) { one, other, _ in
            var anna = try await Crowd.join(one, "anna", at: place)
            var bob = try await Crowd.join(other, "bob", at: place)
            // The same user at both does not make three.
            let again = try await Crowd.join(one, "bob", at: place)
            #expect(again.shown.isEmpty && again.status["too_few"] == true)
            try await anna.catchUp()
            #expect(anna.shown.isEmpty)
            var cat = try await Crowd.join(other, "cat", at: place)
            try await anna.hear { $0.shown.count == 2 && $0.status["too_few"] == false }
            try await bob.hear { $0.shown.count == 2 && $0.status["too_few"] == false }
            try await cat.hear { $0.shown.count == 2 }
            _ = try await cat.peer.ask(["type": "strangers", "on": false])
            try await anna.hear { $0.shown.isEmpty }
        }
    }

    @Test func blocksHideAcrossProcesses() async throws {
        try await withTwo { one, other, _ in
            var anna = try await Crowd.join(one, "anna", at: place)
            _ = try await Crowd.join(other, "bob", at: place)
            _ = try await Crowd.join(other, "cat", at: place)
            try await anna.hear { $0.shown.count == 2 }
            let sid = try #require(anna.sids.min())
            let report: JSON = ["type": "report", "sid": .string(sid), "reason": "rude"]
            #expect(try await anna.peer.ask(report) == ["type": "ok"])
            #expect(try await anna.peer.ask(["type": "block", "sid": .string(sid)]) == ["type": "ok"])
            try await anna.hear { !$0.sids.contains(sid) && $0.shown.count == 1 }
            // By name, before anybody has seen it there.
            #expect(try await one.call("PUT", "/v1/users/anna/blocks/dora").status < 300)
            _ = try await Crowd.join(other, "dora", at: place)
            for _ in 1...3 { try await anna.renew() }
            #expect(anna.shown.count == 1)
        }
    }

    @Test func sharingOffAndErasureActEverywhere() async throws {
        try await withTwo { one, other, _ in
            var anna = try await Crowd.join(one, "anna", at: place)
            let bob = try await Crowd.join(other, "bob", at: place)
            _ = try await Crowd.join(other, "cat", at: place)
            try await anna.hear { $0.shown.count == 2 }
            _ = try await bob.peer.ask(["type": "settings", "sharing": false])
            try await anna.hear { $0.shown.count == 1 }
            #expect(try await other.call("DELETE", "/v1/users/cat").status == 204)
            try await anna.hear { $0.shown.isEmpty }
        }
    }

    @Test func whoComesBackAtAnotherProcessIsTheSameStranger() async throws {
        try await withTwo { one, other, _ in
            var anna = try await Crowd.join(one, "anna", at: place)
            let first = try await Crowd.join(other, "bob", at: place)
            try await anna.hear { $0.shown.count == 1 }
            let sid = anna.sids
            first.peer.vanish()
            var again = try await Crowd.join(one, "bob", at: place, ts: one.now + 10)
            for _ in 1...3 { try await anna.renew() }
            #expect(anna.sids == sid)
            try await again.hear { $0.shown.count == 1 }
            _ = try await again.peer.ask(["type": "strangers", "on": false])
            try await anna.hear { $0.shown.isEmpty }
        }
    }

    @Test func aUserOfAProcessThatEndedIsBackAtAnother() async throws {
        try await RedisServer.run { redis in
            let flags = LiveServer.quick.merging([
                .clusterBus: "redis://127.0.0.1:\(redis.port)", .strangersK: "1", .strangersTick: "100ms",
            ]) { $1 }
            try await LiveServer.run(flags) { one in
                try await one.create("anna", "bob")
                var anna = try await Crowd.join(one, "anna", at: Self.place)
                try await LiveServer.run(flags) { other in
                    try await other.create("anna", "bob")
                    _ = try await Crowd.join(other, "bob", at: Self.place)
                }
                try await anna.hear { $0.shown.count == 1 }
                let bob = try await Crowd.join(one, "bob", at: Self.place, ts: one.now + 10)
                for _ in 1...3 { try await anna.renew() }
                #expect(anna.shown.count == 1)
                _ = try await bob.peer.ask(["type": "strangers", "on": false])
                try await anna.hear { $0.shown.isEmpty }
            }
        }
    }

    @Test func afterRedisWasAwayStrangersAreCompleteWithinSeconds() async throws {
        try await withTwo { one, other, redis in
            var anna = try await Crowd.join(one, "anna", at: place)
            let bob = try await Crowd.join(other, "bob", at: place)
            try await anna.hear { $0.shown.count == 1 }
            redis.kill()
            _ = try await bob.peer.ask(["type": "strangers", "on": false])
            // Nobody waits for a server that is not there.
            let clock = ContinuousClock()
            let before = clock.now
            let cat = try await Crowd.join(other, "cat", at: place)
            #expect(clock.now - before < .seconds(5))
            // Who was there is still shown, until that was not heard for too long.
            #expect(cat.shown.count == 1)
            _ = try await Crowd.join(other, "dora", at: place)
            try redis.start()
            let start = clock.now
            let gone = anna.sids
            try await anna.hear { $0.shown.count == 2 && $0.sids.isDisjoint(with: gone) }
            let seconds = (clock.now - start) / .seconds(1)
            print("strangers: complete again \(seconds) s after Redis was back")
            #expect(seconds < 5)
        }
    }
}

extension LiveServer {
    /// Makes users, numbered in this order.
    func create(_ users: String...) async throws { try await create(users) }

    func create(_ users: [String]) async throws {
        for user in users {
            let reply = try await call("PUT", "/v1/users/\(user)", ["name": .string(user)])
            guard [200, 201, 204].contains(reply.status) else { throw Unexpected("no user: \(reply)") }
        }
    }
}

import Etcd
import NIOCore
import Rings
import TestServers
import Testing

@testable import Server

/// Redis servers that die or freeze, with a standby that waits.
@Suite(.serialized, .enabled(if: RingStage.canRun, "redis-server or etcd is not installed")) struct FailoverTests {
    enum Death: CaseIterable, Sendable {
        case killed, frozen
    }

    @Test(arguments: Death.allCases)
    func aStandbyTakesTheDeadOnesPlaceAndFriendsSeeEachOtherAgain(_ death: Death) async throws {
        try await RingStage.run(servers: 3, redis: 4, ring: [0, 1, 2], standbys: [3]) { stage in
            let (one, other) = (stage.servers[0], stage.servers[1])
            // Both are on the server that dies.
            let anna = try stage.user("anna", on: 1, of: [0, 1, 2])
            let bob = try stage.user("bob", on: 1, of: [0, 1, 2])
            for server in [one, other] { try await server.befriend(anna, bob, "cat") }
            let hers = try await one.client(anna)
            let cats = try await one.client("cat", at: Place.home.north(50))
            let his = try await other.client(bob, at: Place.home.north(100))
            while try await hers.message("updates")["friends"].column("id") != [bob] {}
            if death == .killed { stage.redis[1].kill() } else { stage.redis[1].freeze() }
            let start = ContinuousClock.now
            // What is said before anybody knows is not lost.
            let ts = one.now + 500
            his.move(to: Place.home.north(300), ts: ts)
            // Friends of one process lose nothing.
            cats.move(to: Place.home.north(60), ts: ts)
            try await hear("cat", ts, hers)
            #expect(ContinuousClock.now - start < .seconds(1))
            try await hear(bob, ts, hers)
            let took = ContinuousClock.now - start
            print("a server was \(death): seen again after \(took)")
            #expect(took < .seconds(5))
            // From now on both ways, as if nothing had been.
            his.move(to: Place.home.north(310), ts: ts + 1)
            try await hear(bob, ts + 1, hers)
            hers.move(to: Place.home.north(1), ts: ts + 2)
            try await hear(anna, ts + 2, his)
            #expect(try await stage.ring.read().list?.texts == stage.urls([0, 3, 2]))
            #expect(try await stage.standbys.read().list?.isEmpty == true)
            var failovers = 0.0
            for server in stage.servers { failovers += try await server.metric("nearby_ring_failovers_total") ?? 0 }
            #expect(failovers == 1)
            // Whoever comes back is not put back.
            if death == .killed { try stage.redis[1].start() } else { stage.redis[1].thaw() }
            his.move(to: Place.home.north(320), ts: ts + 3)
            try await hear(bob, ts + 3, hers)
            #expect(try await stage.ring.read().list?.texts == stage.urls([0, 3, 2]))
        }
    }

    /// Waits for an update of a friend.
    private func hear(_ friend: String, _ ts: Int64, _ peer: Peer) async throws {
        while true {
            let message = try await peer.message("updates")
            for place in 0..<2 where message["friends"][place]["id"] == .string(friend) {
                if message["friends"][place]["ts"] == .number(ts) { return }
            }
        }
    }

    @Test func oneOfThreeProcessesIsNoMajority() async throws {
        try await RingStage.run(servers: 1, redis: 3, ring: [0, 1], standbys: [2]) { stage in
            // Two more processes that reach everything.
            let lease = try await stage.client.grantLease(seconds: 60)
            for name in ["a", "b"] { try await stage.client.put("/nearby/processes/" + name, "", lease: lease) }
            stage.redis[1].kill()
            try await eventually("the vote is there") {
                try await stage.client.list(prefix: "/nearby/unreachable/").count == 1
            }
            // It would have acted with the vote.
            try await Task.sleep(for: .milliseconds(500))
            #expect(try await stage.ring.read().list?.texts == stage.urls([0, 1]))
            try stage.redis[1].start()
            try await eventually("the vote is taken back") {
                try await stage.client.list(prefix: "/nearby/unreachable/").isEmpty
            }
            stage.redis[1].kill()
            // The second vote makes it two of three.
            let name = "127.0.0.1:\(stage.redis[1].port)"
            try await stage.client.put("/nearby/unreachable/\(name)/a", "", lease: lease)
            try await eventually("the standby is there") {
                try await stage.ring.read().list?.texts == stage.urls([0, 2])
            }
        }
    }

    @Test func aStandbyThatIsDeadItselfIsPassedOver() async throws {
        try await RingStage.run(servers: 1, redis: 4, ring: [0, 1], standbys: [2, 3]) { stage in
            stage.redis[2].kill()
            stage.redis[0].kill()
            try await eventually("the second standby is there") {
                try await stage.ring.read().list?.texts == stage.urls([3, 1])
            }
            #expect(try await stage.standbys.read().list?.texts == stage.urls([2]))
        }
    }

    @Test func aSubscriberThatRedisDropsIsBackAndComplete() async throws {
        try await RingStage.run(redis: 1, ring: [0]) { stage in
            let (one, other) = (stage.servers[0], stage.servers[1])
            for server in [one, other] { try await server.befriend("anna", "bob") }
            let hers = try await one.client("anna")
            let his = try await other.client("bob", at: Place.home.north(100))
            while try await hers.message("updates")["friends"].column("id") != ["bob"] {}
            let ts = one.now + 500
            try stage.redis[0].command("client", "kill", "type", "pubsub")
            let start = ContinuousClock.now
            his.move(to: Place.home.north(300), ts: ts)
            try await hear("bob", ts, hers)
            #expect(ContinuousClock.now - start < .seconds(5))
        }
    }
}

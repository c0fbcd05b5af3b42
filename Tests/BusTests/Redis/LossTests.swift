import ChannelBus
import Channels
import NIOCore
import TestServers
import Testing

@Suite(
    "Servers that go and come back", .serialized,
    .enabled(if: RedisServer.isInstalled, "redis-server is not installed"))
struct LossTests {
    private static let count = 1_000
    private static let channels = (0..<count).map { BusInterest.number($0).channel }

    /// Two buses, the second of which hears ``count`` users.
    private func withPair(
        _ server: RedisServer, settings: BusSettings = BusSettings(),
        _ body: (_ speaker: RedisBus, _ hearer: RedisBus, _ told: Listener) async throws -> Void
    ) async throws {
        let ring = try BusRing(server)
        try await RedisBus.run(ring, settings: settings, process: 1) { speaker, _ in
            try await RedisBus.run(ring, settings: settings, process: 2) { hearer, told in
                try await hearer.hear((0..<Self.count).map(BusInterest.number))
                try await body(speaker, hearer, told)
            }
        }
    }

    private func expectFlow(_ speaker: RedisBus, _ told: Listener, _ timestamp: Int64) async {
        for user in 0..<Self.count { speaker.publish(.sample(timestamp), of: .number(user)) }
        await eventually {
            told.now.newest.count == Self.count && told.now.newest.values.allSatisfy { $0.timestamp == timestamp }
        }
    }

    @Test("kill -9 and a restart on the same port: told, all restored, states flow")
    func killed() async throws {
        try await RedisServer.run { server in
            try await withPair(server) { speaker, hearer, told in
                await expectFlow(speaker, told, 1)
                server.kill()
                await eventually(within: .seconds(2)) { told.now.servers.last?.isDown == true }
                let missing = try await hearer.whenAcknowledged(Self.channels, within: .seconds(5)).get()
                #expect(missing.missing.count == Self.count)
                #expect(told.now.restored.isEmpty)
                try server.start()
                await eventually(within: .seconds(10)) { told.now.restored.count == Self.count }
                #expect(Set(told.now.restored.map(\.tag)).count == Self.count)
                await eventually { told.now.servers.last?.state == .up }
                await expectFlow(speaker, told, 2)
                #expect(told.now.restored.count == Self.count)
                await eventually { hearer.counters.reconnects >= 2 }
            }
        }
    }

    @Test("What is published while the server is away arrives when it is back, the newest of each user")
    func publishedMeanwhile() async throws {
        try await RedisServer.run { server in
            try await withPair(server) { speaker, _, told in
                server.kill()
                await eventually { told.now.servers.last?.isDown == true }
                await eventually { speaker.servers[0].isDown }
                for timestamp in 5...7 {
                    for user in 0..<Self.count { speaker.publish(.sample(Int64(timestamp)), of: .number(user)) }
                }
                await eventually { speaker.counters.waiting == Self.count }
                try server.start()
                // The speaker may be back before the hearer: what is missed then, busRestored tells.
                await eventually { speaker.counters.waiting == 0 && told.now.restored.count == Self.count }
                #expect(told.now.newest.values.allSatisfy { $0.timestamp == 7 })
                await eventually { speaker.counters.published >= Self.count }
                await expectFlow(speaker, told, 8)
            }
        }
    }

    @Test("A frozen server is noticed, and everything is back once it goes on")
    func frozen() async throws {
        try await RedisServer.run { server in
            try await withPair(server) { speaker, _, told in
                server.freeze()
                let took = await eventually { told.now.servers.last?.isDown == true && speaker.servers[0].isDown }
                // To the millisecond in virtual time: RedisLinkTests. Here a busy machine may take its part.
                #expect(took < .seconds(4))
                for user in 0..<Self.count { speaker.publish(.sample(3), of: .number(user)) }
                server.thaw()
                await eventually(within: .seconds(10)) { told.now.restored.count == Self.count }
                await expectFlow(speaker, told, 4)
            }
        }
    }

    @Test("What a server took and never answered waits again, and is published on the next connection")
    func unanswered() async throws {
        try await RedisServer.run { server in
            try await withPair(server) { speaker, _, _ in
                server.freeze()
                for user in 0..<Self.count { speaker.publish(.sample(3), of: .number(user)) }
                await eventually { speaker.counters.returned == Self.count }
                #expect(speaker.counters.waiting == Self.count)
                #expect(speaker.counters.published == 0)
                server.kill()
                try server.start()
                await eventually { speaker.counters.waiting == 0 && speaker.counters.published == Self.count }
            }
        }
    }

    @Test("A subscriber that Redis drops is back and complete")
    func subscriberKilled() async throws {
        try await RedisServer.run { server in
            try await withPair(server) { speaker, _, told in
                try server.command("client", "kill", "type", "pubsub")
                await eventually(within: .seconds(5)) { told.now.restored.count == Self.count }
                await expectFlow(speaker, told, 2)
            }
        }
    }

    @Test("A subscriber over Redis' output limit is back and complete")
    func outputLimit() async throws {
        let limit = ["--client-output-buffer-limit", "pubsub", "256kb", "0", "0"]
        try await RedisServer.run(limit) { server in
            let gate = Gate()
            try await withPair(server) { speaker, hearer, told in
                // The hearer's loop stands still, as a process that is out of breath would; others go on.
                gate.close(hearer)
                var timestamp: Int64 = 10
                try await eventually(within: .seconds(60)) {
                    timestamp += 1
                    for user in 0..<Self.count { speaker.publish(.sample(timestamp), of: .number(user)) }
                    return try !server.command("client", "list", "type", "pubsub").contains("name=nearby-2 ")
                }
                gate.open()
                await eventually(within: .seconds(5)) { told.now.restored.count == Self.count }
                await expectFlow(speaker, told, timestamp + 1)
            }
        }
    }

    @Test("A server that is not there at the start: nothing is ready, and all is told when it comes")
    func late() async throws {
        let port = try RedisServer.freePort()
        let ring = try BusRing(parsing: ["redis://127.0.0.1:\(port)"])
        try await RedisBus.run(ring, process: 1) { bus, told in
            bus.subscribe([.number(1)])
            let ready = try await bus.whenAcknowledged([BusInterest.number(1).channel], within: .seconds(10)).get()
            #expect(ready.missing == [BusInterest.number(1).channel])
            try await RedisServer.run(port: port) { _ in
                _ = await eventually { told.now.restored == [.number(1)] }
            }
        }
    }
}

extension BusServer {
    var isDown: Bool {
        if case .down = state { true } else { false }
    }
}

import ChannelBus
import Channels
import NIOCore
import TestServers
import Testing

@Suite(
    "Changes of the ring under a stream of publications", .serialized,
    .enabled(if: RedisServer.isInstalled, "redis-server is not installed"))
struct RingChangeTests {
    private static let users = 400
    /// Publications between two waits of 10 ms: with the waits about 2,000 a second.
    private static let burst = 20

    /// Publishes the users in turn, a new timestamp each time, until `body` is done; then counts what is missing.
    private func stream(
        _ ring: BusRing, _ body: (_ speaker: RedisBus, _ hearer: RedisBus) async throws -> Void
    ) async throws {
        let settings = BusSettings()
        try await RedisBus.run(ring, settings: settings, process: 1) { speaker, _ in
            let told = Listener(keepsTimestamps: true)
            try await RedisBus.run(ring, settings: settings, process: 2, delegate: told) { hearer, _ in
                try await hearer.hear((0..<Self.users).map(BusInterest.number))
                let publishing = Task { await publish(speaker) }
                try await body(speaker, hearer)
                publishing.cancel()
                let published = await publishing.value
                await eventually { missing(published, told.now.timestamps) == 0 }
                #expect(missing(published, told.now.timestamps) == 0)
                #expect(speaker.counters.dropped == 0)
            }
        }
    }

    /// - Returns: how many times each user was published.
    private func publish(_ speaker: RedisBus) async -> [Int] {
        var published = [Int](repeating: 0, count: Self.users)
        var next = 0
        while !Task.isCancelled {
            for _ in 0..<Self.burst {
                published[next] += 1
                speaker.publish(.sample(Int64(published[next])), of: .number(next))
                next = (next + 1) % Self.users
            }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return published
    }

    private func missing(_ published: [Int], _ heard: [UInt32: [Int64]]) -> Int {
        published.enumerated().reduce(0) { $0 + $1.element - Set(heard[UInt32($1.offset)] ?? []).count }
    }

    @Test("A server is added, one removed, one replaced: no delivery is lost, whoever hears of it first")
    func addRemoveReplace() async throws {
        try await RedisServer.run(count: 5) { servers in
            func ring(_ numbers: Int...) throws -> BusRing {
                try BusRing(parsing: numbers.map { "redis://127.0.0.1:\(servers[$0].port)" })
            }
            try await stream(try ring(0, 1, 2)) { speaker, hearer in
                let overlap = Duration.milliseconds(1_500)
                let skew = Duration.milliseconds(400)
                // The hearer knows first, then the speaker, then both at once.
                hearer.setRing(try ring(0, 1, 2, 3), overlap: overlap)
                try await Task.sleep(for: skew)
                speaker.setRing(try ring(0, 1, 2, 3), overlap: overlap)
                try await Task.sleep(for: overlap + skew)
                speaker.setRing(try ring(0, 1, 3), overlap: overlap)
                try await Task.sleep(for: skew)
                hearer.setRing(try ring(0, 1, 3), overlap: overlap)
                try await Task.sleep(for: overlap + skew)
                speaker.setRing(try ring(0, 4, 3), overlap: overlap)
                hearer.setRing(try ring(0, 4, 3), overlap: overlap)
                try await Task.sleep(for: overlap + skew)
                // What left the ring is left: no connection, no channel.
                let names = Set([0, 3, 4].map { "127.0.0.1:\(servers[$0].port)" })
                await eventually { Set(hearer.servers.map(\.name)) == names }
                await eventually { Set(speaker.servers.map(\.name)) == names }
                let channels = try servers[2].command("pubsub", "channels")
                #expect(channels.isEmpty)
            }
        }
    }

    @Test("Several changes in a row end in the last, without a loss")
    func inARow() async throws {
        try await RedisServer.run(count: 4) { servers in
            func ring(_ numbers: Int...) throws -> BusRing {
                try BusRing(parsing: numbers.map { "redis://127.0.0.1:\(servers[$0].port)" })
            }
            try await stream(try ring(0, 1)) { speaker, hearer in
                let overlap = Duration.milliseconds(1_000)
                for next in [try ring(0, 1, 2), try ring(1, 2), try ring(1, 2, 3)] {
                    for bus in [speaker, hearer] { bus.setRing(next, overlap: overlap) }
                    try await Task.sleep(for: .milliseconds(100))
                }
                try await Task.sleep(for: overlap)
                let names = Set([1, 2, 3].map { "127.0.0.1:\(servers[$0].port)" })
                await eventually { Set(hearer.servers.map(\.name)) == names }
            }
        }
    }

    @Test("A dead server is replaced: its channels are restored on the new one, and what waited arrives there")
    func deadServerReplaced() async throws {
        try await RedisServer.run(count: 3) { servers in
            func ring(_ numbers: Int...) throws -> BusRing {
                try BusRing(parsing: numbers.map { "redis://127.0.0.1:\(servers[$0].port)" })
            }
            try await RedisBus.run(try ring(0, 1), process: 1) { speaker, _ in
                try await RedisBus.run(try ring(0, 1), process: 2) { hearer, told in
                    let channels = (0..<Self.users).map { BusInterest.number($0).channel }
                    try await hearer.hear((0..<Self.users).map(BusInterest.number))
                    servers[1].kill()
                    let dead = "127.0.0.1:\(servers[1].port)"
                    let moved = try channels.filter { try ring(0, 1).server(for: $0).name == dead }
                    await eventually { speaker.servers.contains { $0.isDown } && hearer.servers.contains { $0.isDown } }
                    for user in 0..<Self.users { speaker.publish(.sample(1), of: .number(user)) }
                    hearer.setRing(try ring(0, 2), overlap: .seconds(1))
                    // Those of the other server that move to the new one, too, are no loss and not told.
                    await eventually { Set(told.now.restored.map(\.channel)) == Set(moved) }
                    speaker.setRing(try ring(0, 2), overlap: .seconds(1))
                    await eventually { told.now.newest.count == Self.users }
                }
            }
        }
    }
}

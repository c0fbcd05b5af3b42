import Channels
import Geo
import NIOCore
import NIOPosix
import TestServers
import Testing

@testable import ChannelBus

/// Two processes write the same users while the link of one is away again and again; a third reads.
@Suite(
    "Writes that come late", .serialized, .enabled(if: RedisServer.isInstalled, "redis-server is not installed"))
struct LateWritesTests {
    private static let users = 6
    private static let steps = 400

    /// A state whose rank says all about it.
    private func state(_ random: inout SeededRandom, step: Int) -> UserState {
        let epoch = UInt32(step / 80 + random.below(3))
        let timestamp = Int64(step + random.below(40))
        guard random.below(6) > 0 else { return .hidden(timestamp, epoch: epoch) }
        var state = UserState.sample(timestamp)
        state.epoch = epoch
        return state
    }

    /// The reader's connection is killed like all others: it reads until it is answered.
    private func ranks(in cache: RedisCache) async throws -> [CacheRank?] {
        for _ in 0..<100 {
            await eventually { cache.servers.allSatisfy { $0.state == .up } }
            let answer = try await cache.fetch((0..<Self.users).map(UserID.number), within: .seconds(5)).get()
            if answer.unknown.isEmpty { return answer.states.map { $0.map(CacheRank.init) } }
            try await Task.sleep(for: .milliseconds(5))
        }
        Issue.record("the reader is not answered")
        return []
    }

    private func write(
        _ caches: [RedisCache], late loop: any EventLoop, server: RedisServer, reader: RedisCache, seed: Int
    ) async throws -> [CacheRank?] {
        var random = SeededRandom(UInt64(seed))
        var newest = [CacheRank?](repeating: nil, count: Self.users)
        var seen = newest
        var gate: Gate?
        for step in 0..<Self.steps {
            let user = random.below(Self.users)
            let state = state(&random, step: step)
            caches[random.below(2)].store(state, of: .number(user))
            newest[user] = max(newest[user] ?? CacheRank(state), CacheRank(state))
            switch random.below(60) {
            case 0...2:
                if let closed = gate.take() {
                    closed.open()
                } else {
                    gate = Gate()
                    gate?.close(loop)
                }
            case 3: try server.command("client", "kill", "type", "normal")
            case 4: try server.command("script", "flush")
            case 5...12:
                let now = try await ranks(in: reader)
                // Nobody sees a user go back.
                for (before, after) in zip(seen, now) {
                    if let before, after.map({ $0 < before }) ?? true { Issue.record("a user went back") }
                }
                seen = now
            default: break
            }
        }
        gate?.open()
        return newest
    }

    @Test("End as the newest that anybody wrote, and are never seen before that as something older", arguments: 0..<8)
    func oracle(seed: Int) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        var settings = BusSettings()
        settings.backOffCap = .milliseconds(20)
        try await RedisServer.run { server in
            let ring = try BusRing(server)
            try await RedisCache.run(ring, settings: settings) { reader in
                var expected: [CacheRank?] = []
                try await RedisCache.run(ring, settings: settings) { one in
                    // Stops, and so has written all, before the other does.
                    try await RedisCache.run(ring, settings: settings, on: group.next()) { two in
                        let caches = [one, two]
                        expected = try await write(
                            caches, late: group.next(), server: server, reader: reader, seed: seed)
                        await eventually {
                            caches.allSatisfy { $0.counters.waiting == 0 && $0.servers.allSatisfy { $0.state == .up } }
                        }
                    }
                    #expect(one.counters.refused == 0 && one.counters.dropped == 0)
                }
                #expect(try await ranks(in: reader) == expected)
            }
        }
        try await group.shutdownGracefully()
    }
}

import ChannelBus
import Channels
import Geo
import NIOCore
import TestServers
import Testing

@Suite("Two processes and one Redis", .enabled(if: RedisServer.isInstalled, "redis-server is not installed"))
struct ExchangeTests {
    @Test("States and records reach the other process, and nobody hears itself")
    func exchange() async throws {
        try await RedisServer.run { server in
            let ring = try BusRing(server)
            try await RedisBus.run(ring, process: 1) { one, hearsOne in
                try await RedisBus.run(ring, process: 2) { two, hearsTwo in
                    let cell = Geohash("dr5ru")!
                    let interests = [BusInterest.number(5), BusInterest(.cell(cell), tag: 9)]
                    for bus in [one, two] { try await bus.hear(interests) }
                    one.publish(.sample(42), of: .number(5))
                    one.publish(Record(kind: 70, flags: 3, user: 11, second: 8), of: .number(6), in: cell)
                    await eventually { hearsTwo.now.stateCount == 1 && hearsTwo.now.records.count == 1 }
                    await eventually { one.counters.echoes == 2 }
                    let heard = hearsTwo.now
                    #expect(heard.newest[5]?.timestamp == 42)
                    #expect(heard.newest[5]?.epoch == 7)
                    #expect(abs(heard.newest[5]!.heard - BusClock.system()) < 10_000)
                    #expect(heard.records.first?.user == .number(6))
                    #expect(heard.records.first?.record.second == 8)
                    #expect(heard.records.first?.record.user == 0)
                    #expect(hearsOne.now.stateCount == 0)
                    #expect(one.counters.published == 2)
                }
            }
        }
    }

    @Test("Thousands of channels: subscribed in batches, each hears its own")
    func thousands() async throws {
        try await RedisServer.run { server in
            let ring = try BusRing(server)
            try await RedisBus.run(ring, process: 1) { one, _ in
                try await RedisBus.run(ring, process: 2) { two, hears in
                    let count = 5_000
                    try await two.hear((0..<count).map(BusInterest.number))
                    for user in 0..<count { one.publish(.sample(Int64(user)), of: .number(user)) }
                    await eventually { hears.now.newest.count == count }
                    #expect(hears.now.newest.allSatisfy { Int64($0.key) == $0.value.timestamp })
                    let subscribers = try server.command("pubsub", "numsub", "user:user-77")
                    #expect(subscribers.hasSuffix("1"))
                }
            }
        }
    }
}

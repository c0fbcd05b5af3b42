import ChannelBus
import Channels
import Foundation
import Geo
import NIOCore
import TestServers
import Testing

@Suite(
    "What Redis gets to see", .serialized, .enabled(if: RedisServer.isInstalled, "redis-server is not installed"))
struct NamesTests {
    /// What the bus and the cache may ask a server for, besides the commands of `redis-cli`.
    private static let commands: Set<String> = [
        "hello", "select", "time", "ping", "publish", "subscribe", "unsubscribe", "mget", "eval", "evalsha",
        // The script's own.
        "psetex",
    ]

    @Test("MONITOR shows only well-formed names while users, cells and ids come at random")
    func monitor() async throws {
        try await RedisServer.run { server in
            let monitor = try Monitor(server)
            defer { monitor.stop() }
            let ring = try BusRing(server)
            try await RedisBus.run(ring, process: 1) { one, _ in
                try await RedisBus.run(ring, process: 2) { two, _ in
                    try await fuzz(one, two)
                }
            }
            try await RedisCache.run(ring) { cache in try await fuzz(cache) }
            try server.command("echo", "the end")
            let lines = await monitor.lines(until: "the end")
            #expect(lines.count > 300)
            for line in lines { check(line) }
        }
    }

    /// Names as a hostile client might give them; only what is an id or a cell gets through.
    private func fuzz(_ one: RedisBus, _ two: RedisBus) async throws {
        var random = SeededRandom(11)
        let alphabet = Array("abzAZ09._-*?[]: \r\n\"'\\{}$ü\u{0}")
        for _ in 0..<3_000 {
            let text = String((0..<1 + random.below(6)).map { _ in alphabet[random.below(alphabet.count)] })
            let channel = BusChannel((random.below(2) == 0 ? "user:" : "cell:") + text) ?? .user(.number(0))
            switch random.below(4) {
            case 0: two.subscribe([BusInterest(channel)])
            case 1: two.unsubscribe([channel])
            default:
                switch channel {
                case .user(let user): one.publish(.sample(), of: user)
                case .cell(let cell): one.publish(Record(kind: 64, user: 0), of: .number(1), in: cell)
                }
            }
        }
        await eventually { one.counters.waiting == 0 && one.counters.published > 100 }
    }

    private func fuzz(_ cache: RedisCache) async throws {
        for user in 0..<300 {
            cache.store(.sample(), of: .number(user))
            if user % 3 == 0 { cache.store(.hidden(epoch: 8), of: .number(user)) }
        }
        await eventually { cache.counters.stored >= 300 && cache.counters.waiting == 0 }
        cache.store(.sample(2_000_000_000_000), of: .number(1))
        await eventually { cache.counters.stored > 300 && cache.counters.waiting == 0 }
        _ = try await cache.fetch((0..<300).map(UserID.number), within: .seconds(5)).get()
    }

    /// `time [database address] "command" "argument" …`
    private func check(_ line: String) {
        let arguments = line.components(separatedBy: "] ").dropFirst().joined(separator: "] ").dropFirst().dropLast()
            .components(separatedBy: "\" \"")
        let command = arguments[0].lowercased()
        guard Self.commands.contains(command) else {
            Issue.record("the command \(command)")
            return
        }
        let names: [String]
        switch command {
        case "publish": names = Array(arguments[1...1])
        case "subscribe", "unsubscribe": names = Array(arguments.dropFirst())
        case "mget": return check(keys: arguments.dropFirst())
        case "psetex": return check(keys: arguments[1...1])
        case "eval", "evalsha": return check(keys: arguments.dropFirst(3).prefix(Int(arguments[2]) ?? 0))
        default: return
        }
        #expect(!names.isEmpty)
        for name in names { #expect(BusChannel(name)?.description == name) }
    }

    private func check(keys: some Collection<String>) {
        #expect(!keys.isEmpty)
        for key in keys { #expect(key.hasPrefix("loc:") && UserID(key.dropFirst(4)) != nil) }
    }

    @Test("Leaves and rejoins at random end where they should, in Redis and in the bus", arguments: 0..<3)
    func races(seed: Int) async throws {
        try await RedisServer.run { server in
            var random = SeededRandom(UInt64(seed))
            let ring = try BusRing(server)
            try await RedisBus.run(ring, process: 1) { speaker, _ in
                try await RedisBus.run(ring, process: 2) { hearer, told in
                    var wanted: Set<Int> = []
                    for step in 0..<20_000 {
                        let user = random.below(200)
                        if wanted.remove(user) == nil {
                            wanted.insert(user)
                            hearer.subscribe([.number(user)])
                        } else {
                            hearer.unsubscribe([BusInterest.number(user).channel])
                        }
                        // Lets the loop take a turn now and then, so that commands are on their way.
                        if step % (1 + random.below(300)) == 0 {
                            _ = try await hearer.whenAcknowledged([], within: .seconds(1)).get()
                        }
                    }
                    try await hearer.hear(wanted.map(BusInterest.number))
                    try await eventuallySubscribed(server, wanted)
                    for user in 0..<200 { speaker.publish(.sample(), of: .number(user)) }
                    await eventually { told.now.newest.count >= wanted.count }
                    #expect(Set(told.now.newest.keys.map(Int.init)) == wanted)
                    #expect(hearer.counters.subscriptions == wanted.count)
                }
            }
        }
    }

    private func eventuallySubscribed(_ server: RedisServer, _ wanted: Set<Int>) async throws {
        let expected = Set(wanted.map { "user:user-\($0)" })
        try await eventually {
            Set(try server.command("pubsub", "channels").split(separator: "\n").map(String.init)) == expected
        }
    }
}

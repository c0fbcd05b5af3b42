import Foundation
import NIOCore

/// What a state costs on its way from one process to another through one Redis server: with the bus of the server, and with
/// a message, a line of JSON and a write for each. And what it costs to keep it in the cache, where Redis compares it with
/// what it has, and without comparing.
@main
enum BusBenchmark {
    /// Users whose states are published, one channel each.
    private static let users = 20_000
    /// How long each row publishes.
    private static let seconds = 5.0
    /// States a second: the reference design's figure for one server, and as fast as they go.
    private static let rates: [Int?] = [100_000, nil]

    static func main() throws {
        let seconds = CommandLine.arguments.contains("--quick") ? 1.0 : Self.seconds
        let redis = try RedisProcess()
        defer { redis.stop() }
        Row.printHeader()
        for rate in rates {
            let pair = try BusPair(port: redis.port, users: users)
            Row(name: "nearby", try Run(pair, redis: redis, users: users, rate: rate, seconds: seconds)).print()
            try pair.stop()
            let naive = try NaivePair(port: redis.port, users: users)
            Row(name: "naive", try Run(naive, redis: redis, users: users, rate: rate, seconds: seconds)).print()
            try naive.stop()
        }
        let cache = try CacheWriter(port: redis.port, users: users)
        Row(name: "cache", try Run(cache, redis: redis, users: users, rate: rates[0], seconds: seconds)).print()
        try cache.stop()
        let plain = try PlainWriter(port: redis.port)
        Row(name: "PSETEX", try Run(plain, redis: redis, users: users, rate: rates[0], seconds: seconds)).print()
        try plain.stop()
    }
}

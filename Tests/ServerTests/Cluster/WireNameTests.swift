import ChannelBus
import Channels
import Foundation
import TestServers
import Testing

@testable import Server

/// What Redis sees, whatever clients send.
@Suite(.enabled(if: RedisServer.isInstalled, "redis-server is not installed")) struct WireNameTests {
    private static let seed: UInt64 = 7
    private static let rounds = 300
    private static let mark = "the end of the test"

    /// Ids as nobody should send them, and now and then a good one.
    private func garbage(_ random: inout SeededGenerator) -> String {
        let pieces = [
            "user:", "cell:", "control", "9q8yyk", "\r\n", "*", "[a-z]", " ", "\"", "\\", "\u{0}", "é", "🚲", "loc:",
            "PUBLISH",
            "anna", ".", "..", "/", "%00", String(repeating: "a", count: 70),
        ]
        return (0..<Int.random(in: 0...4, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined()
    }

    private func nonsense(_ random: inout SeededGenerator, _ ts: Int64) -> JSON {
        let id = JSON.string(garbage(&random))
        let number = JSON.number(Double.random(in: -1_000...1_000, using: &random))
        let messages: [JSON] = [
            ["type": "subscribe", "friend": id], ["type": "unsubscribe", "friend": id], ["type": "block", "user": id],
            ["type": "block", "sid": id], ["type": "more", "cursor": id], ["type": "report", "user": id, "reason": id],
            ["type": "location", "lat": number, "lon": number, "ts": .number(ts)],
            ["type": "strangers", "on": true, "precision": number, "radius_m": number], ["type": id],
        ]
        return messages.randomElement(using: &random)!
    }

    @Test func onlyWellFormedNamesReachRedis() async throws {
        try await RedisServer.run { redis in
            let monitor = try await ChildProcess.start("/usr/bin/env", ["redis-cli", "-p", "\(redis.port)", "monitor"])
            try await monitor.line { $0 == "OK" }
            let flags = LiveServer.quick.merging([.clusterBus: "redis://127.0.0.1:\(redis.port)"]) { $1 }
            try await LiveServer.run(flags) { server in
                try await server.befriend("anna", "bob")
                var random = SeededGenerator(seed: Self.seed)
                let peer = try await server.client("anna", ["strangers": true])
                _ = try await server.client("bob", at: Place.home.north(10))
                for round in 0..<Self.rounds {
                    peer.say(nonsense(&random, server.now + Int64(round)))
                    // In between something good, or the session is closed for what it says.
                    if round % 5 == 4 { _ = try await peer.barrier() }
                    guard round % 10 == 0 else { continue }
                    let id = garbage(&random).utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                    _ = try await server.call("PUT", "/v1/users/anna/friends/\(id)")
                    _ = try await server.call("GET", "/v1/admin/cells/\(id)")
                }
                _ = try await peer.barrier()
            }
            try redis.command("echo", Self.mark)
            try await monitor.line { $0.contains(Self.mark) }
            let names = names(monitor.text)
            #expect(names.count > 10)
            for name in names { #expect(BusChannel(name) != nil || isKey(name), "\(name.debugDescription)") }
            await monitor.kill()
        }
    }

    /// Channels and keys of all commands that have one.
    private func names(_ text: String) -> [String] {
        text.split(separator: "\n").flatMap { line -> [String] in
            let words = line.split(separator: "] ", maxSplits: 1).last?.components(separatedBy: "\" \"") ?? []
            let arguments = words.dropFirst().map { $0.hasSuffix("\"") ? String($0.dropLast()) : $0 }
            switch words.first?.dropFirst().uppercased() {
            case "PUBLISH", "PSETEX": return Array(arguments.prefix(1))
            case "SUBSCRIBE", "UNSUBSCRIBE", "MGET": return arguments
            case "EVAL", "EVALSHA": return Array(arguments.dropFirst(2).prefix(Int(arguments[1]) ?? 0))
            default: return []
            }
        }
    }

    private func isKey(_ name: String) -> Bool {
        name.hasPrefix("loc:") && UserID(String(name.dropFirst(4))) != nil
    }
}

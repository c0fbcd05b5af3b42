import Foundation

/// A master, its replica, and sentinels that watch them: on free ports of the loopback, ended by their process ids, their
/// files in a directory that goes with them.
package final class RedisSentinel: Sendable {
    /// What the sentinels call the master.
    package static let master = "places"

    /// The one that begins as the master, and its replica.
    package let servers: [RedisServer]
    package let sentinels: [RedisServer]
    private let directory: URL
    private let isEncrypted: Bool

    /// Runs `body` with servers that all know of each other, and ends them in any case.
    @discardableResult
    package static func run<Value>(
        sentinels count: Int = 3, _ arguments: [String] = [], certificates: Certificates? = nil,
        _ body: (RedisSentinel) async throws -> Value
    ) async throws -> Value {
        let stage = try RedisSentinel(count, arguments, certificates)
        defer { stage.end() }
        try await stage.start()
        return try await body(stage)
    }

    private init(_ count: Int, _ arguments: [String], _ certificates: Certificates?) throws {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("nearby-sentinel-\(UUID().uuidString)")
        let ports = try (0..<2).map { _ in try RedisServer.freePort() }
        // A failover writes the new role into the file, if there is one: without it a server comes back as what it was.
        let replica = ["--replicaof", "127.0.0.1", "\(ports[0])"]
        // What a replica is sent goes through a file.
        let common = ["--repl-diskless-sync-delay", "0", "--dir", directory.path]
        servers = [[], replica].enumerated().map { place, own in
            let file = ["--dbfilename", "\(place).rdb"]
            return RedisServer(
                port: ports[place], arguments: common + file + own + arguments, certificates: certificates)
        }
        sentinels = try (0..<count).map { number in
            let file = directory.appendingPathComponent("sentinel-\(number).conf").path
            return try RedisServer.sentinel(port: RedisServer.freePort(), file: file, certificates: certificates)
        }
        self.directory = directory
        isEncrypted = certificates != nil
        try write(ports[0])
    }

    /// Sentinels keep what they learn in their configuration.
    private func write(_ port: Int) throws {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let name = Self.master
        for (number, sentinel) in sentinels.enumerated() {
            let text = """
                port \(sentinel.port)
                bind 127.0.0.1
                dir \(directory.path)
                sentinel monitor \(name) 127.0.0.1 \(port) \(sentinels.count / 2 + 1)
                sentinel down-after-milliseconds \(name) 1000
                sentinel failover-timeout \(name) 3000

                """
            let file = directory.appendingPathComponent("sentinel-\(number).conf")
            try text.write(to: file, atomically: false, encoding: .utf8)
        }
    }

    private func start() async throws {
        for server in servers { try server.start() }
        try await wait("the replica follows") {
            try servers[1].command("info", "replication").contains("master_link_status:up")
        }
        for sentinel in sentinels { try sentinel.start() }
        try await wait("the sentinels know all") {
            try sentinels.allSatisfy { sentinel in
                let lines = try sentinel.command("sentinel", "master", Self.master).split(separator: "\n")
                func value(_ name: Substring) -> Int? {
                    lines.firstIndex(of: name).flatMap { Int(lines[$0 + 1]) }
                }
                return value("num-slaves") == 1 && value("num-other-sentinels") == sentinels.count - 1
            }
        }
    }

    private func wait(_ what: String, _ isSo: () throws -> Bool) async throws {
        for _ in 0..<1_000 {
            if try isSo() { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw RedisServer.Failure(output: "not in time: \(what)")
    }

    private func end() {
        for server in servers + sentinels { server.kill() }
        try? FileManager.default.removeItem(at: directory)
    }

    /// How a cache is told of the server.
    package var url: String {
        (isEncrypted ? "rediss" : "redis") + "+sentinel://"
            + sentinels.map { "127.0.0.1:\($0.port)" }.joined(separator: ",") + "/\(Self.master)"
    }
}

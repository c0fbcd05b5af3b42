import Foundation
import NIOCore
import TestServers
import Testing

@testable import Server

/// The configurations of `deploy/`, in the programs that they are for.
@Suite(.enabled(if: !LoadBalancer.Kind.installed.isEmpty, "neither haproxy nor nginx is installed"))
struct LoadBalancerTests {
    @Test(arguments: LoadBalancer.Kind.installed)
    func peoplePassAndWhatIsNotForThemDoesNot(_ kind: LoadBalancer.Kind) async throws {
        try await LiveServer.run { server in
            let balancer = try await LoadBalancer.start(kind, before: [server])
            try await server.befriend("anna", "bob")
            let anna = try await balancer.client("anna")
            let bob = try await balancer.client("bob", at: Place.home.north(100))
            #expect(try await anna.message("updates")["friends"].column("id") == ["bob"])
            bob.move(to: Place.home.north(200), ts: balancer.now + 1)
            #expect(try await anna.message("updates")["friends"].column("id") == ["bob"])
            #expect(try await balancer.call("GET", "/v1/users/anna", as: "anna").status == 200)
            #expect(try await balancer.call("GET", "/web/config.json", as: "anna").status == 200)

            for path in [
                "/metrics", "/readyz", "/healthz", "/admin", "/v1/admin/stats", "/v1/admin/drain", "//metrics",
                "/v1//admin/stats", "/%6Detrics", "/v1/users/../admin/stats", "/v1/users/%2e%2e/admin/stats",
                "/web/../metrics", "/web/%2e%2e/metrics", "/web/..%2fmetrics", "/V1/ADMIN/stats",
            ] {
                let reply = try await balancer.call("GET", path, as: "anna")
                #expect([400, 401, 403, 404].contains(reply.status), "\(path): \(reply)")
                #expect(!reply.text.contains("nearby_sessions") && !reply.text.contains("uptime_s"), "\(path)")
            }
            // The backend's key is good at its own door alone, and there for users alone.
            #expect(try await balancer.call("GET", "/v1/users/anna").status == 403)
            let inner = Door(port: balancer.backendPort)
            #expect(try await inner.call("GET", "/v1/users/anna").status == 200)
            #expect(try await inner.call("GET", "/v1/admin/stats").status == 404)
        }
    }

    @Test(arguments: LoadBalancer.Kind.installed)
    func pagesOfTheSameHostMayConnectAndOthersMayNot(_ kind: LoadBalancer.Kind) async throws {
        try await LiveServer.run { server in
            let balancer = try await LoadBalancer.start(kind, before: [server])
            func status(_ origin: String) async throws -> Substring {
                let peer = try await Peer.dial(port: balancer.port)
                return try await peer.upgrade(port: balancer.port, headers: ["Origin: \(origin)"]).dropFirst(9).prefix(
                    3)
            }
            #expect(try await status("http://127.0.0.1:\(balancer.port)") == "101")
            #expect(try await status("https://evil.example") == "403")
        }
    }

    /// A client that is there is never silent for longer than the time between two pings, and is not cut off.
    @Test(arguments: LoadBalancer.Kind.installed)
    func pingsKeepAnIdleConnection(_ kind: LoadBalancer.Kind) async throws {
        let flags = LiveServer.quick.merging([.pingInterval: "500ms", .pongTimeout: "400ms"]) { $1 }
        try await LiveServer.run(flags) { server in
            let idle = kind == .haproxy ? "timeout tunnel 90s" : "proxy_read_timeout 90s"
            let short = kind == .haproxy ? "timeout tunnel 2s" : "proxy_read_timeout 2s"
            let balancer = try await LoadBalancer.start(kind, before: [server], changes: [idle: short])
            let anna = try await balancer.client("anna")
            await #expect(throws: Unexpected.self) { try await anna.hear(within: .seconds(4)) }
        }
    }

    @Test(arguments: LoadBalancer.Kind.installed)
    func oneAddressHasOnlySoManyConnections(_ kind: LoadBalancer.Kind) async throws {
        try await LiveServer.run { server in
            let limit = kind == .haproxy ? "sc0_conn_cur gt 1000" : "limit_conn nearby_connections 1000"
            let balancer = try await LoadBalancer.start(
                kind, before: [server], changes: [limit: limit.replacing("1000", with: "10")])
            var peers: [Peer] = []
            for number in 0..<10 { peers.append(try await balancer.client("user\(number)")) }
            let head = try? await Peer.dial(port: balancer.port).upgrade(port: balancer.port)
            #expect(head?.hasPrefix("HTTP/1.1 101 ") != true)
            for peer in peers { #expect(try await peer.ask(["type": "settings"]).type == "settings") }
        }
    }

    // MARK: Servers that end

    @Test(arguments: LoadBalancer.Kind.installed)
    func aDrainedServersClientsComeBackAtTheOther(_ kind: LoadBalancer.Kind) async throws {
        let servers = try await Self.servers([.drain: "5s"])
        let balancer = try await LoadBalancer.start(kind, before: servers)
        let clients = try await Self.clients(40, of: balancer)
        let sessions = try await Self.sessions(of: servers)
        #expect(sessions.allSatisfy { $0 >= 15 }, "least connections: \(sessions)")

        let begun = ContinuousClock.now
        #expect(try await servers[0].call("POST", "/v1/admin/drain").status == 202)
        async let newcomers: Void = {
            // Whoever comes now gets in at once, wherever the balancer has tried first.
            for number in 0..<20 { _ = try await balancer.client("newcomer\(number)") }
        }()
        let returns = try await withThrowingTaskGroup(of: Duration?.self) { tasks in
            for (number, client) in clients.enumerated() {
                tasks.addTask { try await Self.comeBack(client, "user\(number)", to: balancer, since: begun) }
            }
            var times: [Duration] = []
            for try await time in tasks { if let time { times.append(time) } }
            return times.sorted()
        }
        try await newcomers
        #expect(await servers[0].process.end() == 0)
        #expect(returns.count == sessions[0])
        #expect(try await Self.sessions(of: [servers[1]]) == [60])
        let last = try #require(returns.last)
        #expect(last < .seconds(10))
        // Not all at once: of a second none has half of them.
        for start in 0..<8 {
            let count = returns.count { $0 >= .seconds(start) && $0 < .seconds(start + 1) }
            #expect(count <= returns.count / 2 + 2, "second \(start): \(count)")
        }
    }

    @Test(arguments: LoadBalancer.Kind.installed)
    func aKilledServersClientsComeBackAtTheOther(_ kind: LoadBalancer.Kind) async throws {
        let servers = try await Self.servers()
        let balancer = try await LoadBalancer.start(kind, before: servers)
        let clients = try await Self.clients(40, of: balancer)
        let sessions = try await Self.sessions(of: servers)
        let begun = ContinuousClock.now
        await servers[0].process.kill()
        // Those of the other server are not disturbed.
        let returns = try await withThrowingTaskGroup(of: Duration?.self) { tasks in
            for (number, client) in clients.enumerated() {
                tasks.addTask { try await Self.comeBack(client, "user\(number)", to: balancer, since: begun) }
            }
            var times: [Duration] = []
            for try await time in tasks { if let time { times.append(time) } }
            return times
        }
        #expect(returns.count == sessions[0] && returns.allSatisfy { $0 < .seconds(10) })
        #expect(try await Self.sessions(of: [servers[1]]) == [40])
    }

    private static func servers(_ settings: [SettingName: String] = [:]) async throws -> [ServerProcess] {
        [try await ServerProcess.start(settings), try await ServerProcess.start(settings)]
    }

    private static func clients(_ count: Int, of balancer: LoadBalancer) async throws -> [Peer] {
        var clients: [Peer] = []
        for number in 0..<count { clients.append(try await balancer.client("user\(number)")) }
        return clients
    }

    private static func sessions(of servers: [ServerProcess]) async throws -> [Int] {
        var counts: [Int] = []
        for server in servers {
            counts.append(try await server.call("GET", "/v1/admin/stats").json["sessions"].double.map { Int($0) } ?? -1)
        }
        return counts
    }

    /// Does as a client should when its connection ends: waits as long as it was told, or for a random time up to
    /// half a second, and tries again until it is welcome. Returns when that was; `nil` if the connection stays.
    private static func comeBack(
        _ client: Peer, _ user: String, to balancer: LoadBalancer, since begun: ContinuousClock.Instant
    ) async throws -> Duration? {
        var pause = Int64.random(in: 0...500)
        var isClosed = false
        // A server that ends says so, or its connections end, long before.
        hearing: while let heard = try? await client.hear(within: .seconds(3)) {
            switch heard {
            case .text(let text):
                let message = try JSON(text: text)
                if message.type == "reconnect" { pause = Int64(message["after_ms"].double ?? 0) }
            case .closed:
                isClosed = true
                break hearing
            case .head, .binary, .pong: break
            }
        }
        guard isClosed else {
            guard try await client.ask(["type": "settings"]).type == "settings" else { throw Unexpected("no answer") }
            return nil
        }
        for _ in 1...20 {
            try await Task.sleep(for: .milliseconds(pause))
            if let (_, welcome) = try? await balancer.join(user), welcome.type == "welcome" { return .now - begun }
            pause = Int64.random(in: 0...1_000)
        }
        throw Unexpected("\(user) did not come back")
    }

    /// Another port of the same machine.
    private struct Door: TestedServer {
        let port: Int
        var now: Int64 { ServerClock.system.wallMilliseconds() }
    }
}

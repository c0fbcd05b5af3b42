import Testing

@testable import Server

/// The end of a server as those around it see it: load balancers, operators, clients that do not go.
@Suite struct DrainTests {
    /// What a stop may take besides the time that clients are given.
    private static let slack: Duration = .seconds(3)

    /// Starts a server, stops it, and returns how long that took.
    private func timeToStop(
        _ flags: [SettingName: String] = [:], _ body: @Sendable @escaping (LiveServer) async throws -> Void
    ) async throws -> Duration {
        let stopwatch = Stopwatch()
        try await LiveServer.run(LiveServer.quick.merging(flags) { $1 }) { server in
            try await body(server)
            await stopwatch.start()
        }
        return await stopwatch.time
    }

    @Test func anOperatorDrainsAProcess() async throws {
        let flags = LiveServer.quick.merging([.drain: "3s", .drainNotice: "4s"]) { $1 }
        let stopwatch = Stopwatch()
        try await LiveServer.run(flags) { server in
            let anna = try await server.client("anna")
            let keptAlive = try await Peer.dial(port: server.port)
            let get = Array("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n\r\n".utf8)
            keptAlive.send(bytes: get)
            guard case .head(let head) = try await keptAlive.hear() else { throw Unexpected("no answer") }
            #expect(!head.lowercased().contains("connection: close"))

            await stopwatch.start()
            let reply = try await server.call("POST", "/v1/admin/drain")
            #expect(reply.status == 202 && reply.json["status"] == "draining")
            #expect(try await server.call("GET", "/readyz").status == 503)
            #expect(try await anna.message("reconnect").keys == ["type", "after_ms", "reason"])
            #expect(try await anna.closing() == 1012)

            // Life goes on for those who ask over HTTP, one request a connection.
            keptAlive.send(bytes: get)
            guard case .closed = try await keptAlive.hear() else { throw Unexpected("a connection was kept") }
            #expect(try await server.call("GET", "/v1/users/anna").status == 200)
            #expect(try await server.call("GET", "/healthz").status == 200)
            // A load balancer may try another server; whoever is not behind one backs off.
            let newcomer = try await Peer.dial(port: server.port)
            let refusal = try await newcomer.upgrade(port: server.port)
            #expect(refusal.hasPrefix("HTTP/1.1 503 ") && refusal.lowercased().contains("retry-after: 1"))
            // Once more changes nothing.
            #expect(try await server.call("POST", "/v1/admin/drain").status == 202)
            #expect(try await server.call("GET", "/v1/admin/stats").json["draining"] == true)
        }
        #expect(await stopwatch.time >= .seconds(4))
    }

    @Test func onlyTheBackendDrains() async throws {
        try await LiveServer.run { (server: LiveServer) async throws in
            #expect(try await server.call("POST", "/v1/admin/drain", as: "anna").status == 403)
            #expect(try await server.call("GET", "/v1/admin/drain").status == 405)
            #expect(try await server.call("GET", "/readyz").status == 200)
        }
    }

    @Test func withoutClientsASignalEndsTheServerAtOnce() async throws {
        #expect(try await timeToStop([.drain: "1min", .drainNotice: "1min"]) { _ in } < Self.slack)
    }

    @Test func clientsThatComeBackAreSpreadOverTheDrainTime() async throws {
        let clients = 200
        try await LiveServer.run(LiveServer.quick.merging([.drain: "10s"]) { $1 }) { server in
            var peers: [Peer] = []
            for number in 0..<clients { peers.append(try await server.client("user\(number)")) }
            await server.stop()
            var times: [Double] = []
            for peer in peers { times.append(try #require(try await peer.message("reconnect")["after_ms"].double)) }
            #expect(times.allSatisfy { (0...10_000).contains($0) })
            // Of each quarter of the time 50 are expected; 20 and 1,000 ms are five standard deviations away.
            for quarter in 0..<4 {
                let count = times.count { Int($0 / 2_500.001) == quarter }
                #expect(count >= 20, "quarter \(quarter)")
            }
            #expect(abs(times.reduce(0, +) / Double(clients) - 5_000) < 1_000)
        }
    }

    @Test func whoeverNeverReadsIsCutOff() async throws {
        let kept = Kept()
        let time = try await timeToStop { server in
            let slow = try await Peer.connect(port: server.port, receiveBuffer: 4_096)
            slow.say(server.hello("slow"))
            _ = try await slow.message("welcome")
            try await slow.setReads(false)
            let anna = try await server.client("anna")
            for number in 1...2_000 { slow.say(["type": "settings", "seq": .number(Int64(number))]) }
            // What the slow one asked is being answered, for as long as there is room.
            #expect(try await anna.ask(["type": "settings"]).type == "settings")
            await kept.keep(slow)
        }
        #expect(time > .seconds(2) && time < Limits.stopWait + Self.slack)
    }

    @Test func whoeverDoesNotAnswerIsCutOff() async throws {
        let deaf = Kept()
        let time = try await timeToStop { server in
            let peer = try await Peer.connect(port: server.port, answersClose: false)
            peer.say(server.hello("deaf"))
            _ = try await peer.message("welcome")
            await deaf.keep(peer)
        }
        #expect(time > .seconds(2) && time < Limits.stopWait + Self.slack)
        let peer = try #require(await deaf.peer)
        #expect(try await peer.message("reconnect").type == "reconnect")
        #expect(try await peer.closing() == 1012)
    }

    @Test func aRequestThatNeverEndsIsCutOff() async throws {
        let kept = Kept()
        let time = try await timeToStop { server in
            let peer = try await Peer.dial(port: server.port)
            let head = "PUT /v1/users/anna HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: \(LiveServer.apiKey)\r\n"
            peer.send(bytes: Array((head + "Content-Length: 100\r\n\r\n{").utf8))
            #expect(try await server.call("GET", "/healthz").status == 200)
            await kept.keep(peer)
        }
        // Sooner than the time of a request would end it.
        #expect(time < .seconds(9))
    }

    private actor Stopwatch {
        private var begun = ContinuousClock.now
        func start() { begun = .now }
        var time: Duration { .now - begun }
    }

    private actor Kept {
        private(set) var peer: Peer?
        func keep(_ peer: Peer) { self.peer = peer }
    }
}

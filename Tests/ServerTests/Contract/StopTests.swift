import Testing

@testable import Server

/// The end of a server, and the next one on the same data.
@Suite struct StopTests {
    @Test func everyClientIsToldToReconnectAndClosedWith1012() async throws {
        let flags = LiveServer.quick.merging([.drain: "3s", .threads: "2"]) { $1 }
        try await LiveServer.run(flags) { server in
            var peers: [Peer] = []
            for number in 1...8 { peers.append(try await server.client("user\(number)")) }
            let silent = try await server.connect()
            await server.stop()
            for peer in peers + [silent] {
                let message = try await peer.message("reconnect")
                #expect(message.keys == ["type", "after_ms", "reason"])
                #expect((0...3_000).contains(try #require(message["after_ms"].double)))
                #expect(message["reason"].string?.isEmpty == false)
                #expect(try await peer.closing() == 1012)
            }
        }
    }

    @Test func aRestartKeepsPositionsSharingAndFriendships() async throws {
        let directory = try TemporaryDirectory()
        let before = Before()
        try await LiveServer.run(in: directory.path) { server in
            try await server.befriend("anna", "bob", "carl", "dora")
            let ts = server.now
            let bob = try await server.client("bob")
            bob.move(to: Place.home.north(100), ts: ts + 1_000)
            let carl = try await server.client("carl", at: Place.home.north(50))
            #expect(try await carl.ask(["type": "settings", "sharing": false])["sharing"] == false)
            _ = try await server.client("dora", at: Place.home.north(20_000))
            #expect(try await bob.barrier().count <= 1)
            await before.set(ts + 1_000)
            // Stopped with its clients connected.
        }
        try await LiveServer.run(in: directory.path) { server in
            let ts = await before.ts
            let (anna, welcome) = try await server.join("anna")
            let items = welcome["friends"]["items"]
            #expect(items.column("id") == ["bob"] && items[0]["ts"] == .number(ts))
            #expect(abs(try #require(items[0]["distance_m"].double) - 100) < 0.1)
            #expect(try await anna.ask(["type": "subscribe", "friend": "dora"])["location"] != nil)
            #expect(try await anna.ask(["type": "subscribe", "friend": "carl"])["location"] == nil)
            #expect(try await server.join("carl", ts: server.now).welcome["sharing"] == false)
            // What is older than before the restart is ignored.
            let old = try await server.join("bob", at: Place.home.north(5_000), ts: ts - 1).welcome["friends"]
            #expect(old["items"].column("id") == ["anna"])
            #expect(abs(try #require(old["items"][0]["distance_m"].double) - 100) < 0.1)
            let history = try await server.call("GET", "/v1/users/bob/history", as: "bob").json["items"].items
            #expect(history.last?["ts"] == .number(ts) && history.count == 2)
        }
    }

    @Test func cancellationStopsItAsGracefully() async throws {
        let directory = try TemporaryDirectory()
        let settings = try LiveServer.settings(LiveServer.quick, directory: directory.path)
        let (ports, ready) = AsyncStream.makeStream(of: Int.self)
        let running = Task {
            try await NearbyServer(settings: settings, logger: Running.silent).run { ready.yield($0.port) }
        }
        for await port in ports {
            let peer = try await Peer.connect(port: port)
            running.cancel()
            #expect(try await peer.message("reconnect").keys == ["type", "after_ms", "reason"])
            #expect(try await peer.closing() == 1012)
            break
        }
        _ = await running.result
    }

    private actor Before {
        private(set) var ts: Int64 = 0
        func set(_ ts: Int64) { self.ts = ts }
    }
}

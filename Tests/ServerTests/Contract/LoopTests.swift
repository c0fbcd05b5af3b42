import Testing

@testable import Server

/// Users on different event loops see each other as if they were on one.
@Suite(.server([.threads: "4", .strangersTick: "50ms"])) struct LoopTests {
    let server = LiveServer.current

    /// Connections are given to the loops in turn, so eight users sit on all four.
    @Test func everyoneHearsEveryone() async throws {
        let names = (0..<8).map { "l.user\($0)" }
        for (number, name) in names.enumerated() {
            for friend in names[..<number] { try await server.befriend(name, friend) }
        }
        var peers: [Peer] = []
        for (number, name) in names.enumerated() {
            peers.append(try await server.client(name, at: Place.home.north(Double(number))))
        }
        for round in 1...5 {
            let ts = server.now + Int64(round) * 1_000
            for peer in peers { peer.move(to: Place.home.north(Double(round)), ts: ts) }
            for (number, peer) in peers.enumerated() {
                var newest: Set<String> = []
                while newest.count < names.count - 1 {
                    let message = try await peer.message("updates")
                    for friend in message["friends"].items where friend["ts"] == .number(ts) {
                        newest.insert(friend["id"].string ?? "-")
                    }
                    #expect(Set(message["friends"].column("id")).count == message["friends"].items.count)
                }
                #expect(!newest.contains(names[number]))
            }
        }
    }

    @Test func sessionsOfOneUserActAsOne() async throws {
        try await server.befriend("s.anna", "s.bob")
        var sessions: [Peer] = []
        for _ in 1...4 { sessions.append(try await server.client("s.anna")) }
        let bob = try await server.client("s.bob", at: Place.home.north(100))
        for session in sessions { #expect(try await session.message("updates")["friends"].column("id") == ["s.bob"]) }
        sessions[0].move(to: Place.home.north(30_000), ts: server.now + 1_000)
        let gone: JSON = [["id": "s.bob", "reason": "out_of_range"]]
        for session in sessions { #expect(try await session.message("updates")["friends_gone"] == gone) }
        #expect(try await bob.message("updates")["friends_gone"][0]["id"] == "s.anna")
        sessions[3].move(to: .home, ts: server.now + 2_000)
        for session in sessions { #expect(try await session.message("updates")["friends"].column("id") == ["s.bob"]) }
        #expect(try await sessions[1].ask(["type": "settings", "sharing": false])["sharing"] == false)
        while try await bob.message("updates")["friends_gone"] != [["id": "s.anna", "reason": "stopped"]] {}
        #expect(try await sessions[2].ask(["type": "block", "user": "s.bob"]) == ["type": "ok"])
        for session in sessions {
            while try await session.message("updates")["friends_gone"] != [["id": "s.bob", "reason": "stopped"]] {}
        }
        _ = try await server.client("s.anna")
        let sixth = try await server.connect()
        sixth.say(server.hello("s.anna"))
        #expect(try await sixth.message("error")["code"] == "too_many_sessions")
        #expect(try await server.call("DELETE", "/v1/users/s.anna").status == 204)
        for session in sessions { #expect(try await session.closing() == 4506) }
    }

    @Test func strangersMeetAcrossLoops() async throws {
        var crowds: [Crowd] = []
        for number in 0..<8 {
            let place = Place(lat: -33.86, lon: 151.2).north(Double(number))
            crowds.append(try await .join(server, "x.user\(number)", at: place))
        }
        for number in crowds.indices { try await crowds[number].hear { $0.shown.count == 7 } }
        #expect(try await crowds[7].peer.ask(["type": "settings", "sharing": false])["sharing"] == false)
        for number in 0..<7 { try await crowds[number].hear { $0.shown.count == 6 } }
    }
}

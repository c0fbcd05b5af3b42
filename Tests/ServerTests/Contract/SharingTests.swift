import Testing

@testable import Server

/// Sharing belongs to the user and lasts.
@Suite(.server()) struct SharingTests {
    let server = LiveServer.current

    @Test func turnedOffNobodySeesTheUserAndItSeesItsFriends() async throws {
        try await server.befriend("o.anna", "o.bob")
        let anna = try await server.client("o.anna")
        let bob = try await server.client("o.bob", at: Place.home.north(100))
        #expect(try await anna.message("updates")["friends"].column("id") == ["o.bob"])
        bob.say(["type": "settings", "seq": 3, "sharing": false])
        #expect(
            try await bob.message() == ["type": "settings", "seq": 3, "radius_m": 8046.72, "sharing": false])
        #expect(
            try await anna.message() == [
                "type": "updates", "friends_gone": [["id": "o.bob", "reason": "stopped"]], "friends_total": 0,
            ])
        // Its own list goes on.
        anna.move(to: Place.home.north(20), ts: server.now + 1)
        #expect(try await bob.message("updates")["friends"].column("id") == ["o.anna"])
        // Its locations go nowhere but to its history.
        let ts = server.now + 10
        bob.move(to: Place.home.north(30), ts: ts)
        #expect(try await bob.barrier() == [])
        #expect(try await anna.barrier() == [])
        let answer = try await anna.ask(["type": "subscribe", "friend": "o.bob"])
        #expect(answer == ["type": "subscribed", "friend": "o.bob", "location": nil])
        let export = try await server.call("GET", "/v1/users/o.bob/export", as: "o.bob")
        #expect(export.text.contains("\(ts)"))

        // Republished when it is turned on again: the newest position.
        #expect(try await bob.ask(["type": "settings", "sharing": true])["sharing"] == true)
        let back = try await anna.message("updates")
        #expect(back["friends"].column("id") == ["o.bob"] && back["friends"][0]["ts"] == .number(ts))
    }

    @Test func itLastsBeyondTheSession() async throws {
        try await server.befriend("d.anna", "d.bob")
        let first = try await server.client("d.bob")
        #expect(try await first.ask(["type": "settings", "sharing": false])["sharing"] == false)
        try await first.close()
        let (second, welcome) = try await server.join("d.bob")
        #expect(welcome["sharing"] == false)
        let (anna, list) = try await server.join("d.anna")
        #expect(list["friends"]["total"] == 0)
        #expect(try await second.ask(["type": "settings", "sharing": true])["sharing"] == true)
        #expect(try await anna.message("updates")["friends"].column("id") == ["d.bob"])
    }

    @Test func itIsTheSameInAllSessions() async throws {
        let first = try await server.client("s.bob")
        let second = try await server.client("s.bob")
        #expect(try await first.ask(["type": "settings", "sharing": false])["sharing"] == false)
        #expect(try await second.ask(["type": "settings"])["sharing"] == false)
        #expect(try await second.ask(["type": "settings", "sharing": false])["sharing"] == false)
        #expect(try await second.ask(["type": "settings", "sharing": true, "radius_m": 500])["radius_m"] == 500)
        let other = try await first.ask(["type": "settings"])
        #expect(other["sharing"] == true && other["radius_m"] == 8046.72)
    }

    @Test func aBadRadiusChangesNothingElse() async throws {
        let peer = try await server.client("b.bob")
        let answer = try await peer.ask(["type": "settings", "sharing": false, "radius_m": 0])
        #expect(answer["code"] == "bad_radius")
        #expect(try await peer.ask(["type": "settings"])["sharing"] == true)
    }
}

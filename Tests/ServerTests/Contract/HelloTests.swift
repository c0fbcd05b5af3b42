import Testing

@testable import Server

/// `hello` and `welcome`, and who is let in.
@Suite(.server()) struct HelloTests {
    let server = LiveServer.current

    @Test func welcomeHasExactlyItsMembers() async throws {
        let (_, welcome) = try await server.join("w.anna", ["seq": 7])
        let expected: JSON = [
            "type": "welcome", "seq": 7, "user": "w.anna", "session": welcome["session"], "protocol": 1,
            "sharing": true, "radius_m": 8046.72, "stale_after_s": 600, "update_every_s": 30,
            "friends": ["total": 0, "items": [], "next": nil], "strangers": ["on": false],
        ]
        #expect(welcome == expected)
        #expect(welcome["session"].string?.isEmpty == false)
    }

    @Test func seqIsThereOnlyIfItWasGiven() async throws {
        let (_, first) = try await server.join("w.bob")
        #expect(!first.keys.contains("seq"))
        let (_, second) = try await server.join("w.bob", ["seq": -3])
        #expect(second["seq"] == -3)
        #expect(first["session"] != second["session"])
    }

    @Test func aFriendHasExactlyItsMembers() async throws {
        _ = try await server.call(
            "PUT", "/v1/users/f.bob", ["name": "Bob \"B\" Ö", "avatar_url": "https://a.example/b.png"])
        try await server.befriend("f.anna", "f.bob")
        let ts = server.now - 5
        _ = try await server.join("f.bob", at: Place.home.north(1_000), ts: ts)
        let (_, welcome) = try await server.join("f.anna")
        let friend = welcome["friends"]["items"][0]
        #expect(
            friend.without("distance_m").without("lat") == [
                "id": "f.bob", "name": "Bob \"B\" Ö", "avatar_url": "https://a.example/b.png", "lon": -73.98,
                "ts": .number(ts),
            ])
        #expect(abs(try #require(friend["distance_m"].double) - 1_000) < 0.1)
        #expect(abs(try #require(friend["lat"].double) - Place.home.north(1_000).lat) < 1e-7)
        #expect(welcome["friends"]["total"] == 1)
        #expect(welcome["friends"]["next"] == nil)
    }

    @Test func anyValidSubjectExistsOnFirstUse() async throws {
        #expect(try await server.call("GET", "/v1/users/x.new").status == 404)
        _ = try await server.client("x.new")
        let profile = try await server.call("GET", "/v1/users/x.new", as: "x.new").json
        #expect(profile["name"] == "x.new")
        #expect(profile["avatar_url"] == nil && profile.keys.contains("avatar_url"))
    }

    @Test func radiusOfHelloCounts() async throws {
        try await server.befriend("r.anna", "r.bob")
        _ = try await server.client("r.bob", at: Place.home.north(3_000))
        let (_, near) = try await server.join("r.anna", ["radius_m": 2_999])
        #expect(near["radius_m"] == 2_999)
        #expect(near["friends"]["total"] == 0)
        let (peer, far) = try await server.join("r.anna", ["radius_m": 3_001.5])
        #expect(far["radius_m"] == 3_001.5)
        // As it was asked for, to the last digit.
        for radius in [0.001, 0.125, 4_828.032, 99_999.999_999] {
            let answer = try await peer.ask(["type": "settings", "radius_m": .number(radius)])
            #expect(answer["radius_m"] == .number(radius))
        }
        #expect(far["friends"]["total"] == 1)
    }

    @Test func unknownFieldsAreIgnored() async throws {
        let (peer, _) = try await server.join("u.anna", ["mood": ["a": [1, nil]], "expires": "never"])
        #expect(try await peer.ask(["type": "settings", "colour": 1])["radius_m"] == 8046.72)
    }

    // MARK: Tokens

    @Test(arguments: [
        JSON.string("nonsense"), "", "a.b.c", 17, nil, ["a": 1],
        // {"alg":"none"}, with a signature and without
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ0LmFubmEiLCJleHAiOjk5OTk5OTk5OTl9.",
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ0LmFubmEiLCJleHAiOjk5OTk5OTk5OTl9.AAAA",
        "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ0LmFubmEiLCJleHAiOjk5OTk5OTk5OTl9.AAAA",
    ])
    func aBadTokenEndsIn4501(token: JSON) async throws {
        let peer = try await server.connect()
        peer.say(server.hello("t.anna", ["token": token, "seq": 5]))
        let error = try await peer.message("error")
        #expect(error["code"] == "bad_token")
        #expect(error["seq"] == 5)
        #expect(try await peer.closing() == 4501)
    }

    @Test func aMissingTokenEndsIn4501() async throws {
        let peer = try await server.connect()
        peer.say(server.hello("t.anna").without("token"))
        #expect(try await peer.message("error")["code"] == "bad_token")
        #expect(try await peer.closing() == 4501)
    }

    @Test func aTokenOfAnotherSecretEndsIn4501() async throws {
        let peer = try await server.connect()
        let token = server.token("t.anna", secret: Secret("another secret that is long enough, too"))
        peer.say(server.hello("t.anna", ["token": .string(token)]))
        #expect(try await peer.message("error")["code"] == "bad_token")
        #expect(try await peer.closing() == 4501)
    }

    @Test func anExpiredTokenEndsIn4001() async throws {
        let peer = try await server.connect()
        peer.say(server.hello("t.anna", ["token": .string(server.token("t.anna", lasting: -60_000))]))
        #expect(try await peer.message("error")["code"] == "token_expired")
        #expect(try await peer.closing() == 4001)
    }

    // MARK: What may be repeated, and what may not

    @Test func badLocationsAndRadiiMayBeFollowedByAGoodHello() async throws {
        let peer = try await server.connect()
        let bad: [(JSON, JSON)] = [
            (["lat": 90.001], "bad_location"), (["lat": -91], "bad_location"), (["lon": 180.5], "bad_location"),
            (["ts": .number(server.now + 70_000)], "bad_location"), (["radius_m": 0], "bad_radius"),
            (["radius_m": 100_001], "bad_radius"), (["lat": "40"], "bad_message"),
        ]
        for (members, code) in bad {
            peer.say(server.hello("b.anna").with(members.members).with(["seq": 1]))
            let error = try await peer.message("error")
            #expect(error["code"] == code && error["seq"] == 1)
        }
        peer.say(server.hello("b.anna"))
        #expect(try await peer.message("welcome")["user"] == "b.anna")
    }

    @Test func nothingIsTakenBeforeHello() async throws {
        let peer = try await server.connect()
        let messages: [JSON] = [
            ["type": "location", "lat": 1, "lon": 2, "ts": 3], ["type": "more", "cursor": "x"],
            ["type": "subscribe", "friend": "a"], ["type": "settings"], ["type": "strangers", "on": true],
            ["type": "refresh", "token": .string(server.token("a"))], ["type": "block", "user": "a"],
            ["type": "location", "lat": 91, "lon": 2, "ts": 3], ["type": "settings", "radius_m": 0],
        ]
        for (number, message) in messages.enumerated() {
            peer.say(message.with(["seq": .number(Int64(number))]))
            let error = try await peer.message("error")
            #expect(error["code"] == "bad_message" && error["seq"] == .number(Int64(number)), "\(message)")
        }
        peer.say(server.hello("n.anna"))
        #expect(try await peer.message("welcome")["user"] == "n.anna")
    }

    @Test func aSecondHelloIsABadMessage() async throws {
        let peer = try await server.client("s.anna")
        for hello in [
            server.hello("s.anna"), server.hello("s.anna").without("token"), server.hello("s.anna", ["lat": 91]),
            server.hello("s.bob"),
        ] {
            #expect(try await peer.ask(hello)["code"] == "bad_message", "\(hello)")
        }
        #expect(try await peer.ask(["type": "settings"]).type == "settings")
    }

    @Test func anErasedUserIsRefusedUntilItIsCreatedAgain() async throws {
        let live = try await server.client("e.anna")
        #expect(try await server.call("DELETE", "/v1/users/e.anna").status == 204)
        #expect(try await live.closing() == 4506)
        let refused = try await server.connect()
        refused.say(server.hello("e.anna"))
        #expect(try await refused.closing() == 4506)
        #expect(try await server.call("GET", "/v1/users/e.anna", as: "e.anna").status == 403)
        #expect(try await server.call("PUT", "/v1/users/e.anna", ["name": "Anna"]).status == 201)
        #expect(try await server.join("e.anna").welcome["friends"]["total"] == 0)
    }

    // MARK: Sessions of one user

    @Test func fiveSessionsAndNoSixth() async throws {
        var peers: [Peer] = []
        for _ in 1...5 { peers.append(try await server.client("m.anna")) }
        let sixth = try await server.connect()
        sixth.say(server.hello("m.anna", ["seq": 9]))
        let error = try await sixth.message("error")
        #expect(error["code"] == "too_many_sessions" && error["seq"] == 9)
        #expect(try await sixth.closing() == 4004)
        try await peers[0].close()
        _ = try await server.client("m.anna")
        for peer in peers.dropFirst() { #expect(try await peer.ask(["type": "settings"]).type == "settings") }
    }

    @Test func aConnectionThatVanishesMakesRoom() async throws {
        for _ in 1...12 {
            let peer = try await server.client("v.anna")
            _ = try await server.client("v.bob").close()
            peer.vanish()
            // A vanished connection is noticed before the next one of the same loop is served.
            _ = try await server.client("v.carl").close()
        }
    }
}

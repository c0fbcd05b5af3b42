import Testing

@testable import Server

/// What `updates` say, to whom and when.
@Suite(.server()) struct UpdateTests {
    let server = LiveServer.current

    /// Two friends at home; the second one's session and its friend's, with the welcome of the latter.
    private func pair(_ name: String, apart metres: Double = 100) async throws -> (anna: Peer, bob: Peer, now: Int64) {
        try await server.befriend("\(name).anna", "\(name).bob")
        let bob = try await server.client("\(name).bob", at: Place.home.north(metres))
        let anna = try await server.client("\(name).anna")
        // Bob hears that Anna has come.
        if metres < 8_000 { #expect(try await bob.message("updates")["friends"].column("id") == ["\(name).anna"]) }
        return (anna, bob, server.now)
    }

    @Test func theProfileComesWithTheFirstItemOnly() async throws {
        try await server.befriend("p.anna", "p.bob")
        let anna = try await server.client("p.anna")
        let bob = try await server.client("p.bob", at: Place.home.north(50))
        let first = try await anna.message("updates")
        #expect(first.keys == ["type", "friends", "friends_total"])
        #expect(first["friends_total"] == 1)
        #expect(first["friends"][0].keys == ["id", "name", "avatar_url", "lat", "lon", "ts", "distance_m"])
        bob.move(to: Place.home.north(60), ts: server.now + 1)
        let second = try await anna.message("updates")
        #expect(second.keys == ["type", "friends"])
        #expect(second["friends"][0].keys.isSuperset(of: ["id", "lat", "lon", "ts", "distance_m"]))
        #expect(abs(try #require(second["friends"][0]["distance_m"].double) - 60) < 0.1)
    }

    @Test func aFriendsMoveTakesItOutAndIn() async throws {
        let (anna, bob, now) = try await pair("m")
        bob.move(to: Place.home.north(9_000), ts: now + 1)
        let gone: JSON = [
            "type": "updates", "friends_gone": [["id": "m.bob", "reason": "out_of_range"]], "friends_total": 0,
        ]
        #expect(try await anna.message() == gone)
        // Anna is out of Bob's radius as well.
        #expect(try await bob.message("updates")["friends_gone"][0]["reason"] == "out_of_range")
        bob.move(to: Place.home.north(9_100), ts: now + 2)
        #expect(try await bob.barrier() == [])
        #expect(try await anna.barrier() == [])
        bob.move(to: Place.home.north(7_000), ts: now + 3)
        let back = try await anna.message("updates")
        #expect(back["friends"].column("id") == ["m.bob"] && back["friends_total"] == 1)
        #expect(back["friends"][0]["ts"] == .number(now + 3))
    }

    @Test func theOwnMoveTakesFriendsOutAndInAndSendsNobodyAgain() async throws {
        try await server.befriend("o.anna", "o.near", "o.far")
        _ = try await server.client("o.near", at: Place.home.north(100))
        _ = try await server.client("o.far", at: Place.home.north(9_000))
        let (anna, welcome) = try await server.join("o.anna")
        #expect(welcome["friends"]["items"].column("id") == ["o.near"])
        let now = server.now

        anna.move(to: Place.home.north(50), ts: now + 1)
        #expect(try await anna.barrier() == [])
        anna.move(to: Place.home.north(4_000), ts: now + 2)
        let both = try await anna.message("updates")
        #expect(both["friends"].column("id") == ["o.far"])
        #expect(both.keys == ["type", "friends", "friends_total"])
        anna.move(to: Place.home.north(9_000), ts: now + 3)
        let left = try await anna.message("updates")
        #expect(left["friends_gone"] == [["id": "o.near", "reason": "out_of_range"]])
        #expect(!left.keys.contains("friends"))
    }

    @Test func aNewRadiusIsAnsweredFirst() async throws {
        let (anna, _, _) = try await pair("s", apart: 3_000)
        anna.say(["type": "settings", "seq": 1, "radius_m": 2_000])
        #expect(
            try await anna.message() == ["type": "settings", "seq": 1, "radius_m": 2_000, "sharing": true])
        #expect(try await anna.message("updates")["friends_gone"] == [["id": "s.bob", "reason": "out_of_range"]])
        anna.say(["type": "settings", "seq": 2, "radius_m": 5_000])
        #expect(try await anna.message("settings")["radius_m"] == 5_000)
        #expect(try await anna.message("updates")["friends"].column("id") == ["s.bob"])
        for radius: JSON in [0, -1, 100_000.01, 1e300] {
            #expect(try await anna.ask(["type": "settings", "radius_m": radius])["code"] == "bad_radius")
        }
        #expect(try await anna.ask(["type": "settings", "radius_m": 100_000])["radius_m"] == 100_000)
        #expect(try await server.join("s.anna").welcome["radius_m"] == 8046.72)
    }

    @Test func nobodyGetsItsOwnUpdatesAndAllSessionsOfAFriendDo() async throws {
        let (anna, bob, now) = try await pair("a")
        let second = try await server.client("a.anna")
        #expect(try await bob.message("updates")["friends"].column("id") == ["a.anna"])
        bob.move(to: Place.home.north(70), ts: now + 1_000)
        for peer in [anna, second] {
            #expect(try await peer.message("updates")["friends"][0]["ts"] == .number(now + 1_000))
        }
        anna.move(to: Place.home.north(1), ts: server.now + 2_000)
        #expect(try await bob.message("updates")["friends"].column("id") == ["a.anna"])
        for peer in [anna, second] { #expect(try await peer.barrier() == []) }
    }

    @Test func anySessionsLocationMovesAllSessions() async throws {
        let (first, _, now) = try await pair("l")
        let second = try await server.client("l.anna")
        first.move(to: Place.home.north(20_000), ts: now + 5_000)
        for peer in [first, second] {
            #expect(try await peer.message("updates")["friends_gone"][0] == ["id": "l.bob", "reason": "out_of_range"])
        }
    }

    @Test func closingRemovesNobody() async throws {
        let (anna, bob, _) = try await pair("c")
        try await bob.close()
        #expect(try await anna.barrier() == [])
        #expect(try await server.join("c.anna").welcome["friends"]["total"] == 1)
        let vanishing = try await server.client("c.bob")
        #expect(try await anna.message("updates")["friends"].column("id") == ["c.bob"])
        vanishing.vanish()
        _ = try await server.client("c.carl")
        #expect(try await anna.barrier() == [])
        #expect(try await server.join("c.anna").welcome["friends"]["total"] == 1)
    }

    @Test func locationsMayCarryAnAccuracyAndAreNotAnswered() async throws {
        let (anna, bob, now) = try await pair("n")
        bob.say(["type": "location", "seq": 4, "lat": 40.75, "lon": -73.98, "ts": .number(now + 1), "accuracy_m": 12.5])
        #expect(try await bob.barrier() == [])
        #expect(try await anna.message("updates")["friends"][0]["distance_m"] == 0)
    }

    // MARK: Times

    @Test func onlyNewerTimesCount() async throws {
        let (anna, bob, now) = try await pair("t")
        bob.move(to: Place.home.north(200), ts: now + 10)
        #expect(try await anna.message("updates")["friends"][0]["ts"] == .number(now + 10))
        bob.move(to: Place.home.north(300), ts: now + 10)
        bob.move(to: Place.home.north(300), ts: now + 9)
        bob.move(to: Place.home.north(300), ts: 0)
        #expect(try await bob.barrier() == [])
        #expect(try await anna.barrier() == [])
        // A hello with an older time is answered from the newest known position.
        let old = try await server.join("t.bob", at: Place.home.north(50_000), ts: now - 100_000).welcome
        #expect(old["friends"]["items"].column("id") == ["t.anna"])
        #expect(abs(try #require(old["friends"]["items"][0]["distance_m"].double) - 200) < 0.1)
        #expect(try await anna.barrier() == [])
    }

    @Test func timesInTheFutureAreRefused() async throws {
        let (anna, bob, now) = try await pair("u")
        bob.say(["type": "location", "seq": 1, "lat": 40.75, "lon": -73.98, "ts": .number(now + 70_000)])
        let error = try await bob.message("error")
        #expect(error["code"] == "bad_location" && error["seq"] == 1)
        #expect(try await anna.barrier() == [])
        bob.move(to: Place.home, ts: server.now + 55_000)
        #expect(try await anna.message("updates")["friends"].column("id") == ["u.bob"])
    }

    @Test func badLocationsChangeNothing() async throws {
        let (anna, bob, now) = try await pair("b")
        let bad: [JSON] = [["lat": 90.1], ["lat": -90.1], ["lon": 180.1], ["lon": -180.1], ["lat": 1e300]]
        for members in bad {
            let location: JSON = ["type": "location", "seq": 2, "lat": 1, "lon": 1, "ts": .number(now + 1)]
            bob.say(location.with(members.members))
            #expect(try await bob.message("error")["code"] == "bad_location")
        }
        #expect(try await anna.barrier() == [])
    }
}

import Testing

@testable import Server

/// Friendships and blocks that change while sessions are open.
@Suite(.server()) struct FriendshipTests {
    let server = LiveServer.current

    private func gone(_ id: String, _ reason: String) -> JSON {
        ["type": "updates", "friends_gone": [["id": .string(id), "reason": .string(reason)]], "friends_total": 0]
    }

    /// Two users near each other, both with a session; friends who know of each other, if wanted.
    private func pair(_ name: String, friends: Bool = true) async throws -> (anna: Peer, bob: Peer) {
        let anna = try await server.client("\(name).anna")
        let bob = try await server.client("\(name).bob", at: Place.home.north(100))
        if friends { try await meet(name, anna, bob) }
        return (anna, bob)
    }

    private func meet(_ name: String, _ anna: Peer, _ bob: Peer) async throws {
        try await server.befriend("\(name).anna", "\(name).bob")
        let seen = try await (anna.message("updates"), bob.message("updates"))
        #expect(seen.0["friends"].column("id") == ["\(name).bob"])
        #expect(seen.1["friends"].column("id") == ["\(name).anna"])
        #expect(seen.0["friends_total"] == 1 && seen.1["friends_total"] == 1)
        #expect(seen.0["friends"][0].keys.contains("name") && seen.1["friends"][0].keys.contains("name"))
    }

    // MARK: subscribe, unsubscribe

    @Test func subscribeTellsThePositionAtAnyDistance() async throws {
        try await server.befriend("s.anna", "s.bob", "s.never")
        let ts = server.now
        _ = try await server.join("s.bob", at: Place(lat: -33, lon: 151), ts: ts)
        let anna = try await server.client("s.anna")
        let far = try await anna.ask(["type": "subscribe", "friend": "s.bob"])
        #expect(
            far == [
                "type": "subscribed", "friend": "s.bob",
                "location": ["lat": -33, "lon": 151, "ts": .number(ts)],
            ])
        #expect(try await anna.barrier() == [])
        let never = try await anna.ask(["type": "subscribe", "friend": "s.never"])
        #expect(never == ["type": "subscribed", "friend": "s.never", "location": nil])
        for nobody in ["s.stranger", "s.anna"] {
            #expect(try await anna.ask(["type": "subscribe", "friend": .string(nobody)])["code"] == "not_friend")
        }
    }

    @Test func withinTheRadiusAnUpdateFollows() async throws {
        let (anna, _) = try await pair("w")
        anna.say(["type": "subscribe", "seq": 1, "friend": "w.bob"])
        #expect(try await anna.message("subscribed")["location"]["lat"].double != nil)
        #expect(try await anna.message("updates")["friends"].column("id") == ["w.bob"])
    }

    @Test func unsubscribeIsOneWaySilentAndForOneSession() async throws {
        let (anna, bob) = try await pair("u")
        let other = try await server.client("u.anna")
        _ = try await bob.message("updates")
        #expect(try await anna.ask(["type": "unsubscribe", "friend": "u.bob"]) == ["type": "ok"])
        anna.say(["type": "unsubscribe", "friend": "u.bob"])
        bob.move(to: Place.home.north(200), ts: server.now + 1_000)
        #expect(try await other.message("updates")["friends"].column("id") == ["u.bob"])
        let told = try await anna.barrier()
        #expect(told.allSatisfy { !$0.keys.contains("friends") && !$0.keys.contains("friends_gone") })
        // The other way round nothing has changed.
        anna.move(to: Place.home.north(10), ts: server.now + 2_000)
        #expect(try await bob.message("updates")["friends"].column("id") == ["u.anna"])

        #expect(try await anna.ask(["type": "subscribe", "friend": "u.bob"])["location"] != nil)
        #expect(try await anna.message("updates")["friends"].column("id") == ["u.bob"])
        #expect(try await anna.ask(["type": "unsubscribe", "friend": "u.nobody"]) == ["type": "ok"])
    }

    // MARK: REST

    @Test func friendshipsOfTheBackendActAtOnceBothWays() async throws {
        let (anna, bob) = try await pair("r", friends: false)
        #expect(try await anna.ask(["type": "subscribe", "friend": "r.bob"])["code"] == "not_friend")
        try await meet("r", anna, bob)
        #expect(try await server.call("DELETE", "/v1/users/r.bob/friends/r.anna").status == 204)
        #expect(try await anna.message() == gone("r.bob", "unfriended"))
        #expect(try await bob.message() == gone("r.anna", "unfriended"))
        bob.move(to: Place.home, ts: server.now + 1)
        #expect(try await bob.barrier() == [])
        #expect(try await anna.barrier() == [])
        #expect(try await anna.ask(["type": "subscribe", "friend": "r.bob"])["code"] == "not_friend")
        // Once more friends, the profile comes once more.
        try await meet("r", anna, bob)
    }

    @Test func requestsActWhenTheyAreAccepted() async throws {
        let (anna, bob) = try await pair("q", friends: false)
        #expect(try await server.call("PUT", "/v1/users/q.anna/friends/q.bob", as: "q.anna").status == 202)
        #expect(try await anna.ask(["type": "subscribe", "friend": "q.bob"])["code"] == "not_friend")
        #expect(
            try await server.call("GET", "/v1/users/q.bob/friend-requests").json["items"].column("id") == ["q.anna"])
        #expect(try await server.call("PUT", "/v1/users/q.bob/friends/q.anna", as: "q.bob").status == 201)
        // Never not_friend about a friendship that exists.
        #expect(try await anna.ask(["type": "subscribe", "friend": "q.bob"])["location"]["lat"].double != nil)
        #expect(try await bob.message("updates")["friends"].column("id") == ["q.anna"])
        #expect(try await server.call("DELETE", "/v1/users/q.anna/friends/q.bob", as: "q.anna").status == 204)
        #expect(try await bob.message() == gone("q.anna", "unfriended"))
    }

    @Test func aFriendOutsideTheRadiusEndsSilently() async throws {
        try await server.befriend("f.anna", "f.bob")
        _ = try await server.client("f.bob", at: Place.home.north(50_000))
        let anna = try await server.client("f.anna")
        #expect(try await server.call("DELETE", "/v1/users/f.anna/friends/f.bob").status == 204)
        #expect(try await anna.barrier() == [])
    }

    // MARK: Blocks

    @Test func aBlockHidesBothAtOnceAndForGood() async throws {
        let (anna, bob) = try await pair("b")
        #expect(try await anna.ask(["type": "block", "user": "b.bob"]) == ["type": "ok"])
        #expect(try await anna.message() == gone("b.bob", "stopped"))
        #expect(try await bob.message() == gone("b.anna", "stopped"))
        anna.move(to: Place.home.north(5), ts: server.now + 1)
        #expect(try await anna.barrier() == [])
        #expect(try await bob.barrier() == [])
        #expect(try await bob.ask(["type": "subscribe", "friend": "b.anna"])["location"] == nil)
        #expect(try await server.join("b.bob").welcome["friends"]["total"] == 0)
        let list = try await server.call("GET", "/v1/users/b.anna/blocks", as: "b.anna").json["items"]
        #expect(list.column("user") == ["b.bob"])
        #expect(try await server.call("GET", "/v1/users/b.bob/blocks", as: "b.bob").json["items"] == [])

        #expect(try await server.call("DELETE", "/v1/users/b.anna/blocks/b.bob", as: "b.anna").status == 204)
        #expect(try await anna.message("updates")["friends"].column("id") == ["b.bob"])
        #expect(try await bob.message("updates")["friends"].column("id") == ["b.anna"])
    }

    @Test func aBlockByRESTActsInLiveSessions() async throws {
        let (anna, bob) = try await pair("c")
        #expect(try await server.call("PUT", "/v1/users/c.bob/blocks/c.anna", as: "c.bob").status == 201)
        #expect(try await anna.message() == gone("c.bob", "stopped"))
        #expect(try await bob.message() == gone("c.anna", "stopped"))
        // Two blocks: both have to go.
        #expect(try await anna.ask(["type": "block", "user": "c.bob"]) == ["type": "ok"])
        #expect(try await server.call("DELETE", "/v1/users/c.bob/blocks/c.anna", as: "c.bob").status == 204)
        #expect(try await anna.barrier() == [])
        #expect(try await server.call("DELETE", "/v1/users/c.anna/blocks/c.bob", as: "c.anna").status == 204)
        #expect(try await anna.message("updates")["friends"].column("id") == ["c.bob"])
    }

    @Test func blocksAndReportsAreAnsweredOKWhoeverIsMeant() async throws {
        let peer = try await server.client("k.anna")
        let targets: [JSON] = [
            ["user": "k.nobody"], ["sid": "no-such-sid"], ["user": "k.anna"], ["sid": ""],
        ]
        for target in targets {
            #expect(try await peer.ask(target.with(["type": "block"])) == ["type": "ok"], "\(target)")
            #expect(try await peer.ask(target.with(["type": "report", "reason": "spam"])) == ["type": "ok"])
        }
        let bad: [JSON] = [
            ["type": "block"], ["type": "block", "user": "a", "sid": "b"], ["type": "block", "user": "a b"],
            ["type": "report", "user": "a"], ["type": "report", "user": "a", "reason": 3],
        ]
        for message in bad { #expect(try await peer.ask(message)["code"] == "bad_message", "\(message)") }
        let reports = try await server.call("GET", "/v1/admin/reports").text
        #expect(reports.contains("k.nobody"))
    }

    // MARK: Erasing

    @Test func anErasedUserVanishesAndItsNameIsNobodysFriend() async throws {
        let (anna, bob) = try await pair("e")
        #expect(try await server.call("DELETE", "/v1/users/e.bob", as: "e.bob").status == 204)
        #expect(try await bob.closing() == 4506)
        #expect(try await anna.message() == gone("e.bob", "stopped"))
        #expect(try await anna.ask(["type": "subscribe", "friend": "e.bob"])["code"] == "not_friend")
        // Whoever gets the name later is somebody else.
        #expect(try await server.call("PUT", "/v1/users/e.bob", ["name": "Another"]).status == 201)
        let (another, welcome) = try await server.join("e.bob", at: Place.home.north(50))
        #expect(welcome["friends"]["total"] == 0)
        #expect(try await another.barrier() == [])
        #expect(try await anna.barrier() == [])
        #expect(try await anna.ask(["type": "subscribe", "friend": "e.bob"])["code"] == "not_friend")
        try await meet("e", anna, another)
    }

    @Test func theNearbyListOfPollersShowsTheSame() async throws {
        let (_, _) = try await pair("n")
        let reply = try await server.call("GET", "/v1/users/n.anna/nearby/friends", as: "n.anna").json
        #expect(reply["total"] == 1)
        #expect(reply["items"][0].keys == ["id", "name", "avatar_url", "lat", "lon", "ts", "distance_m"])
        #expect(reply.keys.contains("next"))
    }
}

import Geo
import Testing

@testable import Server

/// What time brings, with clocks that the test moves.
@Suite struct ClockTests {
    @Test func inactiveTenMinutesAfterTheLastAcceptedLocation() async throws {
        try await ManualServer.run { server in
            let live = server.live
            try await live.befriend("anna", "bob")
            let bob = try await live.client("bob", at: Place.home.north(100))
            let anna = try await live.client("anna")
            let start = server.now
            try await server.advance(milliseconds: 300_000)
            anna.move(to: .home, ts: server.now)
            // An ignored location is no activity.
            bob.move(to: .home, ts: start)
            #expect(try await bob.barrier().filter { $0.type == "error" } == [])
            try await server.advance(milliseconds: 299_000)
            #expect(try await anna.barrier() == [])
            #expect(try await anna.ask(["type": "subscribe", "friend": "bob"])["location"] != nil)
            #expect(try await anna.message("updates")["friends"].column("id") == ["bob"])
            // At most half a percent late.
            try await server.advance(milliseconds: 4_000)
            #expect(
                try await anna.message() == [
                    "type": "updates", "friends_gone": [["id": "bob", "reason": "inactive"]], "friends_total": 0,
                ])
            #expect(try await anna.ask(["type": "subscribe", "friend": "bob"])["location"] == nil)
            #expect(try await live.join("anna").welcome["friends"]["total"] == 0)

            // Too old to be published again.
            #expect(try await bob.ask(["type": "settings", "sharing": false])["sharing"] == false)
            #expect(try await bob.ask(["type": "settings", "sharing": true])["sharing"] == true)
            #expect(try await anna.barrier() == [])
            bob.move(to: Place.home.north(300), ts: server.now)
            #expect(try await anna.message("updates")["friends"].column("id") == ["bob"])
        }
    }

    @Test func theBoundaryOfTheFutureIsSixtySeconds() async throws {
        try await ManualServer.run { server in
            let peer = try await server.live.client("anna")
            peer.say(["type": "location", "lat": 1, "lon": 1, "ts": .number(server.now + 60_001)])
            #expect(try await peer.message("error")["code"] == "bad_location")
            peer.say(["type": "location", "lat": 1, "lon": 1, "ts": .number(server.now + 60_000)])
            #expect(try await peer.barrier() == [])
        }
    }

    @Test func aClosedSessionsStrangerStaysSixtySeconds() async throws {
        try await ManualServer.run([.strangersTick: "1s"]) { server in
            var crowds = try await Self.crowd(of: 5, server)
            let before = crowds.map(\.sids)
            try await crowds[3].peer.close()
            try await crowds[4].peer.close()
            try await server.advance(milliseconds: 59_000)
            // Back in time, with the same pseudonyms.
            crowds[3] = try await .join(server.live, "user3", at: Self.place, ts: server.now)
            try await crowds[3].hear { $0.shown.count == 4 }
            #expect(crowds[3].sids == before[3])
            for number in 0..<3 {
                try await crowds[number].catchUp()
                #expect(crowds[number].sids == before[number])
            }
            try await server.advance(milliseconds: 2_000)
            for number in 0..<4 {
                try await crowds[number].hear { $0.shown.count == 3 }
                #expect(crowds[number].sids.isStrictSubset(of: before[number]))
            }
        }
    }

    @Test func anOptInExpires() async throws {
        try await ManualServer.run([.strangersTick: "10s", .inactive: "7d"]) { server in
            var crowds = try await Self.crowd(of: 4, server)
            try await server.advance(milliseconds: 1_800_000)
            // Asking again begins anew.
            #expect(try await crowds[0].peer.ask(["type": "strangers", "on": true])["on"] == true)
            try await server.advance(milliseconds: 1_800_001)
            for number in 1..<4 {
                try await crowds[number].hear { $0.status == ["type": "strangers", "on": false, "reason": "expired"] }
            }
            try await crowds[0].hear { $0.shown.isEmpty }
            #expect(crowds[0].status["on"] == true)
        }
    }

    @Test func pseudonymsChangeEveryQuarterOfAnHourAndNeverInOneFrame() async throws {
        try await ManualServer.run([.strangersTick: "1s", .inactive: "7d"]) { server in
            var crowds = try await Self.crowd(of: 3, server)
            let before = crowds[0].sids
            try await server.advance(milliseconds: 900_000)
            try await crowds[0].hear { $0.shown.isEmpty }
            try await server.advance(milliseconds: 1_000)
            try await crowds[0].hear { $0.shown.count == 2 }
            #expect(crowds[0].sids.isDisjoint(with: before))
            for message in crowds[0].log where message.type == "updates" {
                #expect(!(message.keys.contains("strangers") && message.keys.contains("strangers_gone")))
            }
            // For a day the old ones can be blocked.
            try await server.advance(milliseconds: 82_000_000)
            #expect(try await crowds[0].peer.ask(["type": "block", "sid": .string(before.min()!)]) == ["type": "ok"])
            let blocks = try await server.live.call("GET", "/v1/users/user0/blocks").json["items"].items
            #expect(blocks.count == 1)
            try await server.advance(milliseconds: 5_000_000)
            #expect(try await crowds[0].peer.ask(["type": "block", "sid": .string(before.max()!)]) == ["type": "ok"])
            #expect(try await server.live.call("GET", "/v1/users/user0/blocks").json["items"].items.count == 1)
        }
    }

    // MARK: People

    private static let place = Place(
        lat: Geohash(Coordinate(latitude: 51.5, longitude: -0.1)!, precision: 6).center.latitude,
        lon: Geohash(Coordinate(latitude: 51.5, longitude: -0.1)!, precision: 6).center.longitude)

    private static func crowd(of count: Int, _ server: ManualServer) async throws -> [Crowd] {
        var crowds: [Crowd] = []
        for number in 0..<count { crowds.append(try await .join(server.live, "user\(number)", at: place)) }
        try await server.advance(milliseconds: 10_000)
        for number in crowds.indices { try await crowds[number].hear { $0.shown.count == count - 1 } }
        return crowds
    }
}

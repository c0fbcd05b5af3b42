import Geo
import Testing

@testable import Server
@testable import Strangers

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
            for left in crowds[3...] { try await left.peer.close() }
            try await server.advance(milliseconds: 58_000)
            // Back in time, with the same pseudonyms.
            crowds.removeLast(2)
            crowds.append(try await .join(server.live, "user3", at: Self.place, ts: server.now))
            for number in crowds.indices {
                try await crowds[number].catchUp()
                #expect(crowds[number].sids == before[number])
            }
            try await server.advance(milliseconds: 1_999)
            for number in crowds.indices {
                try await crowds[number].catchUp()
                #expect(crowds[number].shown.count == 4)
            }
            try await server.advance(milliseconds: 1)
            for number in crowds.indices {
                try await crowds[number].hear { $0.shown.count == 3 }
                #expect(crowds[number].sids.isStrictSubset(of: before[number]))
            }
        }
    }

    @Test func anOptInExpires() async throws {
        try await ManualServer.run([.strangersTick: "1s", .inactive: "7d"]) { server in
            var crowds = try await Self.crowd(of: 4, server)
            try await server.advance(milliseconds: 1_800_000)
            // Asking again begins anew.
            try await crowds[0].renew()
            // When each of the others ends: the crowd took a few ticks to gather.
            let ends = try crowds[1...].map { Int64(try #require($0.status["expires_at"].double)) }
            try await server.advance(milliseconds: ends.min()! - server.now - 1)
            for number in 1..<4 {
                try await crowds[number].catchUp()
                #expect(crowds[number].status["on"] == true)
            }
            try await server.advance(milliseconds: ends.max()! - server.now + 20)
            for number in 1..<4 {
                try await crowds[number].hear { $0.status == ["type": "strangers", "on": false, "reason": "expired"] }
            }
            try await crowds[0].hear { $0.shown.isEmpty }
            #expect(crowds[0].status["on"] == true)
        }
    }

    @Test func pseudonymsChangeEveryQuarterOfAnHourAndNeverInOneFrame() async throws {
        let flags: [SettingName: String] = [.strangersTick: "1s", .inactive: "7d", .strangersExpire: "1d"]
        try await ManualServer.run(flags) { server in
            var crowds = try await Self.crowd(of: 3, server)
            let before = crowds.map(\.sids)
            try await server.advance(milliseconds: 900_000)
            for number in crowds.indices { try await crowds[number].hear { $0.shown.isEmpty } }
            try await Crowd.settle(&crowds, on: server, ticks: 1_000) { $0.shown.count == 2 }
            for (crowd, old) in zip(crowds, before) {
                #expect(crowd.sids.isDisjoint(with: old))
                for message in crowd.log where message.type == "updates" {
                    #expect(!(message.keys.contains("strangers") && message.keys.contains("strangers_gone")))
                }
            }
            // For a day the old ones can be blocked.
            let (first, second) = (before[0].min()!, before[0].max()!)
            try await server.advance(milliseconds: 82_000_000)
            #expect(try await blocks(first, crowds[0], server) == 1)
            try await server.advance(milliseconds: 5_000_000)
            #expect(try await blocks(second, crowds[0], server) == 1)
        }
    }

    /// Blocks a pseudonym; returns how many blocks there are then.
    private func blocks(_ sid: String, _ crowd: Crowd, _ server: ManualServer) async throws -> Int {
        #expect(try await crowd.peer.ask(["type": "block", "sid": .string(sid)]) == ["type": "ok"])
        return try await server.live.call("GET", "/v1/users/user0/blocks").json["items"].items.count
    }

    // MARK: People

    private static let place = Place(
        lat: Geohash(Coordinate(latitude: 51.5, longitude: -0.1)!, precision: 6).center.latitude,
        lon: Geohash(Coordinate(latitude: 51.5, longitude: -0.1)!, precision: 6).center.longitude)

    /// Users in one cell who see each other, two minutes or more before any of their pseudonyms changes.
    private static func crowd(of count: Int, _ server: ManualServer) async throws -> [Crowd] {
        try await server.advance(milliseconds: quietTime(from: server.now))
        var crowds: [Crowd] = []
        for number in 0..<count {
            crowds.append(try await .join(server.live, "user\(number)", at: place, ts: server.now))
        }
        try await Crowd.settle(&crowds, on: server, ticks: 1_000) { $0.shown.count == count - 1 }
        return crowds
    }

    private static func quietTime(from now: Int64) -> Int64 {
        let pseudonyms = Pseudonyms(secret: LiveServer.jwtSecret.bytes)
        let step: Int64 = 10_000
        let wait = (1...90).first { steps in
            // The numbers that a new server gives to its first users.
            (UInt64(0)...10).allSatisfy { number in
                let start = now + Int64(steps) * step
                return pseudonyms.lifetime(ofObserver: number, wallMilliseconds: start)
                    == pseudonyms.lifetime(ofObserver: number, wallMilliseconds: start + 120_000)
            }
        }
        return Int64(wait ?? 1) * step
    }
}

import Geo
import Testing

@testable import Server

/// Strangers: opting in, what is told and what is never told. Each test has a part of the world of its own.
@Suite(.server([.strangersTick: "50ms"])) struct StrangerTests {
    let server = LiveServer.current
    private let strangerKeys: Set = ["sid", "cell", "lat", "lon", "ts", "distance_m"]
    private let statusKeys: Set = [
        "on", "radius_m", "precision", "cell", "cells", "expires_at", "too_few", "items",
    ]

    /// Users near the middle of one cell of precision 6, a few metres from each other.
    private func crowd(_ name: String, of count: Int, at place: Place) async throws -> [Crowd] {
        let middle = Geohash(Coordinate(latitude: place.lat, longitude: place.lon)!, precision: 6).center
        var crowds: [Crowd] = []
        for number in 0..<count {
            let place = Place(lat: middle.latitude, lon: middle.longitude).north(Double(number))
            crowds.append(try await .join(server, "\(name).user\(number)", at: place))
        }
        for number in crowds.indices { try await crowds[number].hear { $0.shown.count == count - 1 } }
        return crowds
    }

    // MARK: Opting in and out

    @Test func offUntilAskedFor() async throws {
        #expect(try await server.join("d.anna").welcome["strangers"] == ["on": false])
        let (peer, welcome) = try await server.join("d.anna", ["strangers": false])
        #expect(welcome["strangers"] == ["on": false])
        #expect(try await peer.ask(["type": "strangers", "on": false]) == ["type": "strangers", "on": false])
        #expect(try await server.join("d.anna", ["strangers": ["on": false]]).welcome["strangers"] == ["on": false])
    }

    @Test func welcomeSaysHowItStands() async throws {
        let before = server.now
        let place = Place(lat: 59.3, lon: 18.1)
        let crowd = try await Crowd.join(server, "w.anna", at: place)
        let status = crowd.status
        #expect(status.keys == statusKeys)
        #expect(status["on"] == true && status["too_few"] == true && status["items"] == [])
        #expect(status["radius_m"] == 2_000 && status["precision"] == 5)
        let own = Geohash(Coordinate(latitude: 59.3, longitude: 18.1)!, precision: 5).description
        #expect(status["cell"] == .string(own))
        let cells = status["cells"].items.map { $0.string ?? "-" }
        #expect(cells.count == 9 && Set(cells).count == 9 && cells.contains(own))
        let expires = try #require(status["expires_at"].double)
        #expect((Double(before)...Double(server.now)).contains(expires - 3_600_000))
        // The message answers with the same members.
        let answer = try await crowd.peer.ask(["type": "strangers", "on": true])
        #expect(answer.keys == statusKeys.union(["type"]))
        #expect(try await crowd.peer.ask(["type": "strangers", "on": false]) == ["type": "strangers", "on": false])
        // It lasts for one session.
        #expect(try await server.join("w.anna", at: place).welcome["strangers"] == ["on": false])
    }

    @Test func valuesAreTheEffectiveOnes() async throws {
        let peer = try await server.client("v.anna", at: Place(lat: 10, lon: 10))
        func ask(_ more: JSON) async throws -> JSON {
            try await peer.ask(more.with(["type": "strangers", "on": true]))
        }
        let fine = try await ask(["radius_m": 300, "precision": 6])
        #expect(fine["precision"] == 6 && fine["radius_m"] == 300)
        #expect(fine["cell"].string?.count == 6)
        #expect(try await ask(["radius_m": 300])["precision"] == 6)
        #expect(try await ask(["radius_m": 300, "precision": 4])["precision"] == 4)
        #expect(try await ask(["radius_m": 300, "precision": 12])["precision"] == 6)
        #expect(try await ask(["radius_m": 2_000, "precision": 6])["precision"] == 5)
        #expect(try await ask(["radius_m": 2_000, "precision": 1])["precision"] == 5)
        #expect(try await ask(["radius_m": 15_000, "precision": 6])["precision"] == 4)
        #expect(try await ask(["radius_m": 0])["code"] == "bad_radius")
        #expect(try await ask(["radius_m": 100_001])["code"] == "bad_radius")
        #expect(try await ask(["precision": "six"])["code"] == "bad_message")
        let object = try await Crowd.join(
            server, "v.bob", at: Place(lat: 10, lon: 10), ["on": true, "radius_m": 500, "precision": 5])
        #expect(object.status["radius_m"] == 500 && object.status["precision"] == 5)
    }

    @Test func sixCellsAtAPole() async throws {
        let crowd = try await Crowd.join(server, "p.anna", at: Place(lat: 89.9999, lon: 12), ["radius_m": 100])
        let cells = crowd.status["cells"].items
        #expect(crowd.status["on"] == true)
        #expect(cells.count == 6 && Set(cells).count == 6)
    }

    @Test func crossingABorderIsToldWithTheNewCells() async throws {
        let cell = Geohash(Coordinate(latitude: 30, longitude: 30)!, precision: 5)
        let middle = Place(lat: cell.center.latitude, lon: cell.center.longitude)
        let crowd = try await Crowd.join(server, "c.anna", at: middle)
        let ts = server.now
        crowd.peer.move(to: middle.north(10), ts: ts + 1)
        #expect(try await crowd.peer.barrier() == [])
        let east = Place(lat: middle.lat, lon: middle.lon + (cell.box.east - cell.box.west))
        crowd.peer.move(to: east, ts: ts + 2)
        let cells = try await crowd.peer.message("cells")
        #expect(cells.keys == ["type", "precision", "cell", "cells"])
        let own = Geohash(Coordinate(latitude: east.lat, longitude: east.lon)!, precision: 5).description
        #expect(cells["cell"] == .string(own) && cells["precision"] == 5)
        #expect(cells["cells"].items.count == 9 && cells["cells"].items.contains(.string(own)))
    }

    // MARK: Who is seen

    @Test func twoAreTooFewAndThreeSeeEachOther() async throws {
        let place = Place(lat: -20.31, lon: 57.5)
        var first = try await Crowd.join(server, "t.user0", at: place)
        var second = try await Crowd.join(server, "t.user1", at: place.north(3))
        #expect(first.status["too_few"] == true && second.status["too_few"] == true)
        try await first.catchUp()
        #expect(first.shown.isEmpty && second.shown.isEmpty)
        var third = try await Crowd.join(server, "t.user2", at: place.north(6))
        try await first.hear { $0.shown.count == 2 && $0.status["too_few"] == false }
        try await second.hear { $0.shown.count == 2 && $0.status["too_few"] == false }
        try await third.hear { $0.shown.count == 2 }
        // Whoever leaves takes the others with it.
        #expect(try await third.peer.ask(["type": "strangers", "on": false])["on"] == false)
        try await first.hear { $0.shown.isEmpty }
        try await second.hear { $0.shown.isEmpty }
    }

    @Test func nothingFinerThanThePublishedCellIsTold() async throws {
        let place = Place(lat: 35.6812, lon: 139.7671)
        var crowds = try await crowd("n", of: 4, at: place)
        // Some more moves within the cell, which nobody may notice.
        for (number, crowd) in crowds.enumerated() {
            crowd.peer.move(to: place.north(Double(number) * 2 + 0.5), ts: server.now + 10)
        }
        for number in crowds.indices { try await crowds[number].catchUp() }
        for (observer, crowd) in crowds.enumerated() {
            #expect(crowd.shown.count == 3)
            for message in crowd.log {
                for other in crowds.indices where other != observer {
                    #expect(!message.description.contains("n.user\(other)"))
                }
            }
            for stranger in crowd.log.flatMap({ $0["strangers"].items + $0["strangers"]["items"].items }) {
                try check(stranger)
            }
        }
        // A pseudonym is one observer's alone.
        let sids = crowds.map(\.sids)
        #expect(Set(sids.joined()).count == 12)
    }

    private func check(_ stranger: JSON) throws {
        #expect(stranger.keys == strangerKeys)
        let cell = try #require(stranger["cell"].string.flatMap { Geohash($0) })
        #expect(cell.precision <= 6)
        #expect(abs(try #require(stranger["lat"].double) - cell.center.latitude) <= 1e-7)
        #expect(abs(try #require(stranger["lon"].double) - cell.center.longitude) <= 1e-7)
        let minutes = try #require(stranger["ts"].double) / 60_000
        #expect(minutes == minutes.rounded())
    }

    @Test func itemsAreOrderedBySid() async throws {
        let crowds = try await crowd("o", of: 6, at: Place(lat: 48.2, lon: 16.37))
        let answer = try await crowds[0].peer.ask(["type": "strangers", "on": true])
        let sids = answer["items"].column("sid")
        #expect(sids.count == 5 && sids == sids.sorted())
    }

    @Test func distancesAreBetweenCentresOfCells() async throws {
        let crowds = try await crowd("g", of: 3, at: Place(lat: 52.52, lon: 13.4))
        for stranger in crowds[0].shown.values { #expect(stranger["distance_m"] == 0) }
    }

    @Test func friendsAndOwnSessionsAreNeverStrangers() async throws {
        let place = Place(lat: 41.9, lon: 12.5)
        try await server.befriend("f.user0", "f.user1")
        var anna = try await Crowd.join(server, "f.user0", at: place)
        var own = try await Crowd.join(server, "f.user0", at: place)
        var friend = try await Crowd.join(server, "f.user1", at: place)
        var third = try await Crowd.join(server, "f.user2", at: place)
        try await anna.hear { $0.shown.count == 1 }
        try await own.hear { $0.shown.count == 1 }
        try await friend.hear { $0.shown.count == 1 }
        try await third.hear { $0.shown.count == 2 }
        for _ in 1...3 {
            try await anna.catchUp()
            #expect(anna.shown.count == 1)
        }
        // A new friend is a stranger no more, at once.
        try await server.befriend("f.user0", "f.user2")
        try await anna.hear { $0.shown.isEmpty }
        try await own.hear { $0.shown.isEmpty }
        try await third.hear { $0.shown.count == 1 }
    }

    // MARK: Leaving

    @Test func optingOutIsSeenAtOnce() async throws {
        var crowds = try await crowd("l", of: 4, at: Place(lat: 19.4, lon: -99.1))
        #expect(
            try await crowds[3].peer.ask(["type": "strangers", "on": false]) == ["type": "strangers", "on": false])
        for number in 0..<3 {
            try await crowds[number].hear { $0.shown.count == 2 }
            let gone = crowds[number].log.flatMap { $0["strangers_gone"].items }
            #expect(gone.allSatisfy { $0.keys == ["sid", "reason"] && $0["reason"] == "gone" } && gone.count == 1)
        }
        #expect(try await crowds[3].peer.barrier() == [])
    }

    @Test func sharingOffEndsItAndOnDoesNotBringItBack() async throws {
        var crowds = try await crowd("s", of: 4, at: Place(lat: 1.35, lon: 103.8))
        let peer = crowds[3].peer
        peer.say(["type": "settings", "sharing": false, "seq": 1])
        #expect(try await peer.message("settings")["sharing"] == false)
        #expect(try await peer.message() == ["type": "strangers", "on": false, "reason": "suspended"])
        for number in 0..<3 { try await crowds[number].hear { $0.shown.count == 2 } }
        // Who does not share does not see.
        #expect(try await peer.ask(["type": "strangers", "on": true])["on"] == false)
        let (_, welcome) = try await server.join("s.user3", at: Place(lat: 1.35, lon: 103.8), ["strangers": true])
        #expect(welcome["strangers"]["on"] == false)
        #expect(try await peer.ask(["type": "settings", "sharing": true])["sharing"] == true)
        for number in 0..<3 {
            for _ in 1...3 { try await crowds[number].catchUp() }
            #expect(crowds[number].shown.count == 2)
        }
        // It has to be asked for again.
        #expect(try await peer.ask(["type": "strangers", "on": true])["on"] == true)
        for number in 0..<3 { try await crowds[number].hear { $0.shown.count == 3 } }
    }

    @Test func anErasedUserIsGoneAtOnce() async throws {
        var crowds = try await crowd("e", of: 4, at: Place(lat: 30.04, lon: 31.2))
        #expect(try await server.call("DELETE", "/v1/users/e.user0").status == 204)
        #expect(try await crowds[0].peer.closing() == 4506)
        for number in 1..<4 { try await crowds[number].hear { $0.shown.count == 2 } }
    }

    // MARK: Blocks

    @Test func aBlockByPseudonymHidesBothAndRevealsNobody() async throws {
        var crowds = try await crowd("b", of: 4, at: Place(lat: 37.98, lon: 23.7))
        let sid = try #require(crowds[0].sids.min())
        #expect(
            try await crowds[0].peer.ask(["type": "report", "sid": .string(sid), "reason": "rude"]) == ["type": "ok"])
        #expect(try await crowds[0].peer.ask(["type": "block", "sid": .string(sid)]) == ["type": "ok"])
        try await crowds[0].hear { !$0.sids.contains(sid) }
        #expect(crowds[0].shown.count == 2)

        let list = try await server.call("GET", "/v1/users/b.user0/blocks", as: "b.user0")
        let block = list.json["items"][0]
        #expect(list.json["items"].items.count == 1 && block["user"] == nil)
        let export = try await server.call("GET", "/v1/users/b.user0/export", as: "b.user0")
        for other in 1...3 {
            #expect(!list.text.contains("b.user\(other)") && !export.text.contains("b.user\(other)"))
        }
        // The others see each other, and one of them sees one less.
        var counts: [Int] = []
        for number in 1..<4 {
            for _ in 1...3 { try await crowds[number].catchUp() }
            counts.append(crowds[number].shown.count)
        }
        #expect(counts.sorted() == [2, 3, 3])
        // Another observer's pseudonym is nobody's: nothing happens, and the answer is the same.
        let foreign = try #require(crowds[1].sids.min())
        #expect(try await crowds[0].peer.ask(["type": "block", "sid": .string(foreign)]) == ["type": "ok"])
        #expect(try await server.call("GET", "/v1/users/b.user0/blocks").json["items"].items.count == 1)

        let id = try #require(block["block_id"].string)
        #expect(try await server.call("DELETE", "/v1/users/b.user0/blocks/\(id)", as: "b.user0").status == 204)
        for number in crowds.indices { try await crowds[number].hear { $0.shown.count == 3 } }
    }

    @Test func aBlockByUserHidesStrangersToo() async throws {
        var crowds = try await crowd("u", of: 4, at: Place(lat: 55.75, lon: 37.6))
        #expect(try await crowds[0].peer.ask(["type": "block", "user": "u.user1"]) == ["type": "ok"])
        try await crowds[0].hear { $0.shown.count == 2 }
        try await crowds[1].hear { $0.shown.count == 2 }
        #expect(try await server.call("DELETE", "/v1/users/u.user0/blocks/u.user1").status == 204)
        try await crowds[0].hear { $0.shown.count == 3 }
    }
}

import Geo
import Testing

@testable import Server

/// Who is in the list: radius, order, pages.
@Suite(.server()) struct NearbyListTests {
    let server = LiveServer.current

    @Test func nearestFirstAndOnlyWithinTheRadius() async throws {
        let distances = [2_500.0, 100, 8_000, 8_100, 900, 20_000]
        for (number, distance) in distances.enumerated() {
            try await server.befriend("o.anna", "o.\(number)")
            _ = try await server.client("o.\(number)", at: Place.home.north(distance))
        }
        let friends = try await server.join("o.anna").welcome["friends"]
        #expect(friends["items"].column("id") == ["o.1", "o.4", "o.0", "o.2"])
        #expect(friends["total"] == 4)
        #expect(friends["next"] == nil)
    }

    @Test func theRadiusIsInclusiveToTheCentimetre() async throws {
        try await server.befriend("i.anna", "i.bob")
        let place = Place(lat: 48.1, lon: 11.5)
        _ = try await server.client("i.bob", at: place)
        let distance = Coordinate(latitude: 40.75, longitude: -73.98)!.distance(
            to: Coordinate(latitude: 40.75, longitude: -73.97)!)
        _ = try await server.client("i.bob", at: Place(lat: 40.75, lon: -73.97))
        let inside = try await server.join("i.anna", ["radius_m": .number(distance + 0.01)]).welcome
        #expect(inside["friends"]["total"] == 1)
        let outside = try await server.join("i.anna", ["radius_m": .number(distance - 0.01)]).welcome
        #expect(outside["friends"]["total"] == 0)
    }

    @Test func theListCrossesTheAntimeridianAndThePole() async throws {
        try await server.befriend("p.anna", "p.east", "p.pole")
        _ = try await server.client("p.east", at: Place(lat: 0, lon: -179.99))
        _ = try await server.client("p.pole", at: Place(lat: 89.99, lon: 170))
        let east = try await server.join("p.anna", at: Place(lat: 0, lon: 179.99)).welcome
        #expect(east["friends"]["items"].column("id") == ["p.east"])
        let pole = try await server.join("p.anna", at: Place(lat: 89.99, lon: -10), ts: server.now + 1).welcome
        #expect(pole["friends"]["items"].column("id") == ["p.pole"])
    }

    @Test func pagesOfTwentyNearestFirst() async throws {
        for number in 1...45 {
            try await server.befriend("c.anna", "c.\(number)")
            _ = try await server.client("c.\(number)", at: Place.home.north(Double(number) * 10))
        }
        let (peer, welcome) = try await server.join("c.anna")
        #expect(welcome["friends"]["items"].column("id") == (1...20).map { "c.\($0)" })
        #expect(welcome["friends"]["total"] == 45)
        let cursor = welcome["friends"]["next"]
        #expect(cursor.string?.isEmpty == false)

        let second = try await peer.ask(["type": "more", "cursor": cursor])
        #expect(second.keys == ["type", "items", "next"])
        #expect(second.type == "page")
        #expect(second["items"].column("id") == (21...40).map { "c.\($0)" })
        #expect(second["items"][0].keys == ["id", "name", "avatar_url", "lat", "lon", "ts", "distance_m"])
        #expect(second["next"].string != nil)

        // Used again, a cursor asks for those who were not sent yet.
        let third = try await peer.ask(["type": "more", "cursor": cursor])
        #expect(third["items"].column("id") == (41...45).map { "c.\($0)" })
        #expect(third["next"] == nil)
        let fourth = try await peer.ask(["type": "more", "cursor": second["next"]])
        #expect(fourth["items"] == [] && fourth["next"] == nil)
    }

    @Test func updatesCoverFriendsThatWereNotPagedYet() async throws {
        var peers: [Peer] = []
        for number in 1...22 {
            try await server.befriend("u.anna", "u.\(number)")
            peers.append(try await server.client("u.\(number)", at: Place.home.north(Double(number) * 10)))
        }
        let (peer, welcome) = try await server.join("u.anna")
        peers[21].move(to: Place.home.north(500), ts: server.now + 1)
        let update = try await peer.message("updates")
        #expect(update["friends"].column("id") == ["u.22"])
        #expect(update["friends"][0].keys.contains("name"))
        let page = try await peer.ask(["type": "more", "cursor": welcome["friends"]["next"]])
        #expect(page["items"].column("id") == ["u.21"])
    }

    @Test func anUnknownCursorIsABadMessage() async throws {
        for number in 1...21 {
            try await server.befriend("k.anna", "k.\(number)")
            _ = try await server.client("k.\(number)")
        }
        let (peer, welcome) = try await server.join("k.anna")
        let (none, _) = try await server.join("k.ben")
        let given = welcome["friends"]["next"]
        #expect(try await none.ask(["type": "more", "cursor": given])["code"] == "bad_message")
        for cursor: JSON in ["", "page", "page-0", "page-2", "page-01", "page-99999999999999999999", "\u{0}", 1, nil] {
            #expect(cursor != given)
            #expect(try await peer.ask(["type": "more", "cursor": cursor])["code"] == "bad_message", "\(cursor)")
        }
        #expect(try await peer.ask(["type": "more", "cursor": given])["items"].items.count == 1)
    }
}

import Channels
import Friends
import Geo
import HTTPTypes
import Testing

@testable import Server

@Suite struct NearbyRouteTests {
    /// Anna in New York, with friends on a line to the north, a degree of latitude being about 111 km.
    private func settle(_ desk: Desk, _ friends: [(id: String, metres: Double)]) async throws {
        desk.place("anna", 40.7, -74)
        for friend in friends {
            _ = try await desk.call(.put, "/v1/users/anna/friends/\(friend.id)")
            desk.place(friend.id, 40.7 + friend.metres / 111_195.08, -74)
        }
    }

    @Test func friendsWithinTheRadiusComeNearestFirst() async throws {
        try await Desk.open { desk in
            try await self.settle(desk, [("far", 9_000), ("near", 100), ("middle", 5_000)])
            _ = try await desk.call(.put, "/v1/users/near", body: #"{"name":"N","avatar_url":"https://n"}"#)
            let standard = try await desk.call(.get, "/v1/users/anna/nearby/friends", as: .user("anna"))
            #expect(standard.column("id") == ["near", "middle"])
            #expect(standard.json["total"] as? Int == 2)
            #expect(standard.next == nil)
            let first = standard.text.split(separator: "},{")[0]
            #expect(
                first == #"{"total":2,"items":[{"id":"near","name":"N","avatar_url":"https://n","#
                    + #""lat":40.7008993,"lon":-74,"ts":\#(desk.clock.wall),"distance_m":100"#)
            let wide = try await desk.call(.get, "/v1/users/anna/nearby/friends?radius_m=9001")
            #expect(wide.column("id") == ["near", "middle", "far"])
        }
    }

    @Test func theRadiusIsInclusive() async throws {
        try await Desk.open { desk in
            try await self.settle(desk, [("ben", 1_000)])
            let users = desk.core.engine.users
            let positions = ["anna", "ben"].map { users.state(of: users.index(of: UserID($0)!))!.coordinate }
            let distance = positions[0].distance(to: positions[1])
            let inside = try await desk.call(.get, "/v1/users/anna/nearby/friends?radius_m=\(distance + 1e-6)")
            let outside = try await desk.call(.get, "/v1/users/anna/nearby/friends?radius_m=\(distance - 1e-3)")
            #expect(inside.items.count == 1 && outside.items.isEmpty)
        }
    }

    @Test func withoutAPositionNobodyIsNearby() async throws {
        try await Desk.open { desk in
            _ = try await desk.call(.put, "/v1/users/anna/friends/ben")
            desk.place("ben", 40.7, -74)
            let reply = try await desk.call(.get, "/v1/users/anna/nearby/friends", as: .user("anna"))
            #expect(reply.text == #"{"total":0,"items":[],"next":null}"#)
        }
    }

    @Test func whoIsInactiveHiddenOrBlockedIsNotShown() async throws {
        try await Desk.open { desk in
            try await self.settle(desk, [("a", 1), ("b", 2), ("c", 3), ("d", 4)])
            func shown() async throws -> [String] {
                try await desk.call(.get, "/v1/users/anna/nearby/friends", as: .user("anna")).column("id")
            }
            #expect(try await shown() == ["a", "b", "c", "d"])
            let users = desk.core.engine.users
            _ = users.setSharing(users.index(of: UserID("a")!), false, epoch: 1)
            #expect(try await shown() == ["b", "c", "d"])
            _ = try await desk.call(.put, "/v1/users/anna/blocks/b")
            #expect(try await shown() == ["c", "d"])
            _ = try await desk.call(.put, "/v1/users/c/blocks/anna", as: .user("c"))
            #expect(try await shown() == ["d"])
            desk.clock.advance(milliseconds: 599_999)
            #expect(try await shown() == ["d"])
            desk.clock.advance(milliseconds: 1)
            #expect(try await shown().isEmpty)
        }
    }

    @Test func theOwnPositionCountsHoweverOldAndHiddenItIs() async throws {
        try await Desk.open { desk in
            try await self.settle(desk, [])
            desk.clock.advance(milliseconds: 3_600_000)
            try await self.settleFriend(desk)
            let users = desk.core.engine.users
            _ = users.setSharing(users.index(of: UserID("anna")!), false, epoch: 1)
            #expect(try await desk.call(.get, "/v1/users/anna/nearby/friends").column("id") == ["ben"])
        }
    }

    private func settleFriend(_ desk: Desk) async throws {
        _ = try await desk.call(.put, "/v1/users/anna/friends/ben")
        desk.place("ben", 40.7, -74)
    }

    @Test(arguments: [1, 20, 100])
    func pagesAreCompleteAndKeepTheirPlace(_ limit: Int) async throws {
        let stores = Stores.inMemory()
        let names = (0..<130).map { "f\($0)" }
        try await stores.friendships.importFriendships(names.map { Friendship(UserID("anna")!, UserID($0)!) })
        try await Desk.open(stores) { desk in
            desk.place("anna", 10, 179.999)
            // Ten at each of thirteen places, so that equal distances are among them; some beyond the seam.
            for (index, name) in names.enumerated() {
                let longitude = 179.999 + Double(index / 10) * 0.001
                desk.place(name, 10, longitude > 180 ? longitude - 360 : longitude)
            }
            var seen: [String] = []
            var cursor = ""
            while true {
                let page = try await desk.call(
                    .get, "/v1/users/anna/nearby/friends?limit=\(limit)&radius_m=5000\(cursor)")
                #expect(page.json["total"] as? Int == 130)
                seen += page.column("id")
                guard let next = page.next else { break }
                cursor = "&cursor=\(next)"
                // The user has gone; the list stays where its first page was.
                desk.place("anna", -30, 0)
                desk.clock.advance(milliseconds: 1)
            }
            let expected = stride(from: 0, to: 130, by: 10).flatMap { names[$0..<($0 + 10)].sorted() }
            #expect(seen == expected)
        }
    }

    @Test func aCursorKeepsItsRadius() async throws {
        try await Desk.open { desk in
            try await self.settle(desk, [("a", 100), ("b", 200), ("c", 300)])
            let first = try await desk.call(.get, "/v1/users/anna/nearby/friends?limit=1&radius_m=250")
            let second = try await desk.call(
                .get, "/v1/users/anna/nearby/friends?limit=5&radius_m=1000&cursor=\(first.next!)")
            #expect(second.column("id") == ["b"])
            #expect(second.json["total"] as? Int == 2)
        }
    }
}

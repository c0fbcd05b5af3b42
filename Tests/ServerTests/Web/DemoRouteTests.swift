import Channels
import Friends
import Geo
import HTTPTypes
import Testing

@testable import Server

@Suite struct DemoRouteTests {
    private static let desk = DemoDesk(streets: #"{"type":"FeatureCollection","features":[]}"#) { name in
        guard name != "Nobody", let id = UserID("demo-" + name.lowercased()),
            let profile = try? Profile(id: id, name: name), let ben = UserID("demo-ben")
        else { return nil }
        return .init(
            profile: profile, friends: id == ben ? [] : [ben],
            start: Coordinate(latitude: 40.75, longitude: -73.98)!, radius: Radius(metres: 1_500)!)
    }

    private func signIn(_ desk: Desk, _ name: String, _ headers: HTTPFields = [:]) async throws -> Reply {
        try await desk.call(.post, "/demo/token", as: .none, headers: headers, body: #"{"name":"\#(name)"}"#)
    }

    @Test func aNameIsEnoughAtADemo() async throws {
        try await Desk.open(demo: Self.desk) { (desk: Desk) async throws in
            _ = try await self.signIn(desk, "Ben")
            let reply = try await self.signIn(desk, "Ann")
            #expect(reply.status == 200)
            #expect(reply.json["id"] as? String == "demo-ann" && reply.json["name"] as? String == "Ann")
            #expect(reply.json["lat"] as? Double == 40.75 && reply.json["radius_m"] as? Int == 1_500)
            let token = try #require(reply.json["token"] as? String)
            let own = try await desk.call(
                .get, "/v1/users/demo-ann/friends", as: .none, headers: [.authorization: "Bearer \(token)"])
            #expect(own.column("id") == ["demo-ben"])
            #expect(try await self.signIn(desk, "Nobody").problem == "forbidden")
        }
    }

    @Test func whoWasSeenGoesOnWhereItWas() async throws {
        try await Desk.open(demo: Self.desk) { (desk: Desk) async throws in
            desk.place("demo-ann", 40.7, -74)
            let reply = try await self.signIn(desk, "Ann")
            #expect(reply.json["lat"] as? Double == 40.7 && reply.json["lon"] as? Double == -74)
        }
    }

    @Test func withoutADemoThereIsNothing() async throws {
        try await Desk.open { (desk: Desk) async throws in
            #expect(try await self.signIn(desk, "Ann").problem == "not_found")
            #expect(try await desk.call(.get, "/demo/streets.json", as: .none).status == 404)
        }
    }

    @Test func streets() async throws {
        try await Desk.open(demo: Self.desk) { (desk: Desk) async throws in
            let reply = try await desk.call(.get, "/demo/streets.json", as: .none)
            #expect(reply.json["type"] as? String == "FeatureCollection")
            #expect(try await desk.call(.get, "/web/config.json", as: .none).json["demo"] as? Bool == true)
        }
    }

    @Test func otherOriginsProxiesAndTypesAreRefused() async throws {
        try await Desk.open(demo: Self.desk) { (desk: Desk) async throws in
            for (name, value) in [
                ("Origin", "http://evil.example"), ("Origin", "null"), ("X-Forwarded-For", "203.0.113.9"),
                ("Forwarded", "for=203.0.113.9"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"),
            ] {
                let reply = try await self.signIn(desk, "Eve", [HTTPField.Name(name)!: value])
                #expect(reply.problem == "forbidden", "\(name): \(value)")
            }
            let form = try await self.signIn(desk, "Eve", [.contentType: "text/plain"])
            #expect(form.problem == "unsupported_media_type")
        }
    }

    @Test func loopbackNames() {
        for name in ["localhost", "LOCALHOST", "127.0.0.1", "127.255.0.1", "::1", "[::1]"] {
            #expect(Loopback.isName(name), "\(name)")
        }
        for name in [
            "", "localhost.example", "127.0.0.1.example", "127.1", "128.0.0.1", "0.0.0.0", "[::2]", "127.0.0.256",
        ] {
            #expect(!Loopback.isName(name), "\(name)")
        }
    }
}

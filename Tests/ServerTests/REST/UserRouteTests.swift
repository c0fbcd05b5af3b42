import Channels
import Friends
import Geo
import HTTPTypes
import Testing

@testable import Server

@Suite struct UserRouteTests {
    @Test func aUserIsCreatedRenamedAndErased() async throws {
        try await Desk.open { desk in
            let created = try await desk.call(
                .put, "/v1/users/anna", body: #"{"name":"Anna \"A\"","avatar_url":"https://a/b"}"#)
            #expect(created.status == 201)
            #expect(created.text == #"{"id":"anna","name":"Anna \"A\"","avatar_url":"https://a/b","sharing":true}"#)
            let renamed = try await desk.call(.put, "/v1/users/anna", body: #"{"name":"Änne","more":[1]}"#)
            #expect(renamed.status == 200)
            #expect(renamed.text == #"{"id":"anna","name":"Änne","avatar_url":null,"sharing":true}"#)
            #expect(try await desk.call(.get, "/v1/users/anna").text == renamed.text)
            for _ in 0..<2 {
                let erased = try await desk.call(.delete, "/v1/users/anna")
                #expect(erased.status == 204)
                #expect(erased.text.isEmpty && erased.headers[.contentLength] == nil)
            }
            #expect(try await desk.call(.get, "/v1/users/anna").problem == "not_found")
        }
    }

    @Test func aUserExistsFromItsFirstCallAndMayRenameItself() async throws {
        try await Desk.open { desk in
            let first = try await desk.call(.get, "/v1/users/ben", as: .user("ben"))
            #expect(first.text == #"{"id":"ben","name":"ben","avatar_url":null,"sharing":true}"#)
            let renamed = try await desk.call(
                .put, "/v1/users/ben", as: .user("ben"), body: #"{"name":"Ben"}"#)
            #expect(renamed.status == 200)
            #expect(renamed.json["name"] as? String == "Ben")
        }
    }

    @Test func namesAndAvatarsHaveLimits() async throws {
        try await Desk.open { (desk: Desk) async throws in
            func put(name: Int, avatar: Int) async throws -> Int {
                let name = String(repeating: "n", count: name)
                let avatar = String(repeating: "a", count: avatar)
                return try await desk.call(
                    .put, "/v1/users/anna", body: #"{"name":"\#(name)","avatar_url":"\#(avatar)"}"#
                ).status
            }
            #expect(try await put(name: 256, avatar: 2_048) == 201)
            #expect(try await put(name: 257, avatar: 2_048) == 400)
            #expect(try await put(name: 256, avatar: 2_049) == 400)
            #expect(try await put(name: 1, avatar: 0) == 200)
            #expect(try await put(name: 0, avatar: 0) == 400)
        }
    }

    @Test(arguments: [
        "", "{", "[]", "null", "{}", #"{"name":1}"#, #"{"name":null}"#, #"{"name":"a","avatar_url":1}"#,
        #"{"name":"a","name":"b"}"#, #"{"name":"a","x":1,"x":2}"#, #"{"name":"a"} x"#, #"{"name":"\ud800"}"#,
        #"{"name":"a\u0000b"}"#, #"{"name":"a","avatar_url":"\n"}"#, #"{"name":"a","x":[[[[[[[[1]]]]]]]]}"#,
    ])
    func brokenBodiesAreRefused(_ body: String) async throws {
        try await Desk.open { desk in
            let reply = try await desk.call(.put, "/v1/users/anna", body: body)
            #expect(reply.status == 400)
            #expect(reply.problem == "bad_request")
            #expect(try await desk.call(.get, "/v1/users/anna").status == 404)
        }
    }

    @Test func onlyJSONIsRead() async throws {
        try await Desk.open { desk in
            for (type, status) in [
                ("application/json", 201), ("application/json; charset=utf-8", 200), ("Application/JSON", 200),
                ("text/plain", 415), ("application/jsonp", 415), ("application/x-www-form-urlencoded", 415),
            ] {
                let reply = try await desk.call(
                    .put, "/v1/users/anna", headers: [.contentType: type], body: #"{"name":"Anna"}"#)
                #expect(reply.status == status, "\(type)")
            }
        }
    }

    @Test func idsAreChecked() async throws {
        try await Desk.open { (desk: Desk) async throws in
            let longest = String(repeating: "i", count: 64)
            #expect(try await desk.call(.get, "/v1/users/\(longest)").status == 404)
            #expect(try await desk.call(.get, "/v1/users/\(longest)i").problem == "bad_parameter")
            #expect(try await desk.call(.get, "/v1/users/a%20b").problem == "bad_parameter")
            #expect(try await desk.call(.get, "/v1/users/a%2Fb").problem == "bad_parameter")
            #expect(try await desk.call(.get, "/v1/users/%zz").problem == "bad_parameter")
            #expect(try await desk.call(.get, "/v1/users/%61nna", as: .user("anna")).status == 200)
        }
    }

    @Test func theExportHoldsEverythingButWhomAPseudonymStoodFor() async throws {
        try await Desk.open { desk in
            _ = try await desk.call(.put, "/v1/users/anna/friends/ben")
            _ = try await desk.call(.put, "/v1/users/cleo/friends/anna", as: .user("cleo"))
            try await desk.core.stores.blocks.block(
                .init("dora")!, by: .init("anna")!, as: .sid("a-pseudonym"), now: desk.clock.wall)
            desk.core.writer.offer(
                .init(
                    user: .init("anna")!, coordinate: .init(latitude: 40.7128, longitude: -74.006)!,
                    ts: desk.clock.wall, epoch: 0, sharing: true, heardAt: desk.clock.wall))
            let export = try await desk.call(.get, "/v1/users/anna/export", as: .user("anna"))
            #expect(export.status == 200)
            #expect(export.json["friends"] as? [String] == ["ben"])
            #expect(export.json["requests_received"] as? [String] == ["cleo"])
            #expect(export.text.contains(#""lat":40.7128,"lon":-74.006"#))
            #expect((export.json["history"] as? [Any])?.count == 1)
            #expect(export.text.contains("block_id"))
            #expect(!export.text.contains("dora"))
        }
    }

    /// As where a common cache keeps locations, and after the history was deleted.
    @Test func theExportHoldsALocationThatNoStoreHas() async throws {
        try await Desk.open { desk in
            _ = try await desk.call(.put, "/v1/users/anna", body: #"{"name":"Anna"}"#)
            let users = desk.core.engine.users
            _ = users.accept(
                users.index(of: .init("anna")!), .init(latitude: 1.5, longitude: -2)!, timestamp: 7,
                heard: desk.core.clock.monotonicMilliseconds() - 3_000)
            let export = try await desk.call(.get, "/v1/users/anna/export", as: .user("anna"))
            let location = try #require(export.json["location"] as? [String: Any])
            #expect(location["lat"] as? Double == 1.5 && location["lon"] as? Double == -2)
            #expect(location["ts"] as? Int64 == 7)
            #expect(location["heard_at"] as? Int64 == desk.clock.wall - 3_000)
        }
    }
}

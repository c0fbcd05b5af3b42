import Channels
import Friends
import HTTPTypes
import Testing

@testable import Server

@Suite struct BlockRouteTests {
    @Test func aBlockIsMadeListedAndLiftedByUserOrItsID() async throws {
        try await Desk.open { desk in
            let made = try await desk.call(.put, "/v1/users/anna/blocks/dora", as: .user("anna"))
            #expect(made.status == 201)
            #expect(made.text == #"{"user":"dora"}"#)
            #expect(try await desk.call(.put, "/v1/users/anna/blocks/dora").status == 200)
            let list = try await desk.call(.get, "/v1/users/anna/blocks", as: .user("anna"))
            let id = list.column("block_id").first ?? ""
            #expect(
                list.text
                    == #"{"items":[{"block_id":"\#(id)","user":"dora","since":\#(desk.clock.wall)}],"next":null}"#)
            #expect(try await desk.call(.delete, "/v1/users/anna/blocks/\(id)", as: .user("anna")).status == 204)
            #expect(try await desk.call(.get, "/v1/users/anna/blocks").items.isEmpty)
            #expect(try await desk.call(.put, "/v1/users/anna/blocks/dora").status == 201)
            for _ in 0..<2 { #expect(try await desk.call(.delete, "/v1/users/anna/blocks/dora").status == 204) }
            #expect(try await desk.call(.get, "/v1/users/anna/blocks").items.isEmpty)
        }
    }

    @Test func whomAPseudonymStoodForIsNeverTold() async throws {
        try await Desk.open { desk in
            _ = try await desk.call(.get, "/v1/users/anna", as: .user("anna"))
            let changes = desk.routes.changes
            try await changes.block(UserID("dora")!, by: UserID("anna")!, as: .sid("a-pseudonym"))
            let list = try await desk.call(.get, "/v1/users/anna/blocks", as: .user("anna"))
            #expect(list.items.count == 1 && !list.text.contains("dora") && list.text.contains(#""user":null"#))
            // By the user's id, that block is not found, and not told of.
            #expect(try await desk.call(.delete, "/v1/users/anna/blocks/dora", as: .user("anna")).status == 204)
            #expect(try await desk.call(.get, "/v1/users/anna/blocks").items.count == 1)
            let id = list.column("block_id")[0].replacing("~", with: "%7E")
            #expect(try await desk.call(.delete, "/v1/users/anna/blocks/\(id)", as: .user("anna")).status == 204)
            #expect(try await desk.call(.get, "/v1/users/anna/blocks").items.isEmpty)
        }
    }

    @Test func nobodyBlocksItselfAndOnlyIDsAreBlocked() async throws {
        try await Desk.open { (desk: Desk) async throws in
            #expect(try await desk.call(.put, "/v1/users/anna/blocks/anna").status == 400)
            #expect(try await desk.call(.put, "/v1/users/anna/blocks/a*b").status == 400)
            #expect(try await desk.call(.delete, "/v1/users/anna/blocks/~12").status == 400)
            let block = "~" + String(repeating: "0", count: 32)
            #expect(try await desk.call(.put, "/v1/users/anna/blocks/\(block)").status == 400)
            #expect(try await desk.call(.delete, "/v1/users/anna/blocks/\(block)").status == 204)
        }
    }

    @Test func acrossABlockARequestLooksAsAlways() async throws {
        try await Desk.open { desk in
            _ = try await desk.call(.put, "/v1/users/ben/blocks/anna")
            #expect(try await desk.call(.put, "/v1/users/anna/friends/ben", as: .user("anna")).status == 202)
            #expect(try await desk.call(.get, "/v1/users/ben/friend-requests").items.isEmpty)
        }
    }
}

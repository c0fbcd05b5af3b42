import Channels
import Friends
import HTTPTypes
import Testing

@testable import Server

@Suite struct FriendRouteTests {
    @Test func theBackendMakesAndEndsFriendships() async throws {
        try await Desk.open { desk in
            let made = try await desk.call(.put, "/v1/users/anna/friends/ben")
            #expect(made.status == 201)
            #expect(made.text == #"{"friend":"ben","state":"friends"}"#)
            #expect(try await desk.call(.put, "/v1/users/ben/friends/anna").status == 200)
            #expect(try await desk.call(.get, "/v1/users/ben/friends").column("id") == ["anna"])
            for _ in 0..<2 { #expect(try await desk.call(.delete, "/v1/users/ben/friends/anna").status == 204) }
            #expect(try await desk.call(.get, "/v1/users/anna/friends").text == #"{"items":[],"next":null}"#)
        }
    }

    @Test func usersAskAndAccept() async throws {
        try await Desk.open { desk in
            for _ in 0..<2 {
                let asked = try await desk.call(.put, "/v1/users/anna/friends/ben", as: .user("anna"))
                #expect(asked.status == 202)
                #expect(asked.text == #"{"friend":"ben","state":"requested"}"#)
            }
            let requests = try await desk.call(.get, "/v1/users/ben/friend-requests", as: .user("ben"))
            #expect(requests.text == #"{"items":[{"id":"anna","name":"anna","avatar_url":null}],"next":null}"#)
            #expect(try await desk.call(.put, "/v1/users/ben/friends/anna", as: .user("ben")).status == 201)
            #expect(try await desk.call(.put, "/v1/users/anna/friends/ben", as: .user("anna")).status == 200)
            #expect(try await desk.call(.get, "/v1/users/ben/friend-requests").items.isEmpty)
        }
    }

    @Test func requestsAreDeclinedAndWithdrawn() async throws {
        try await Desk.open { desk in
            _ = try await desk.call(.put, "/v1/users/anna/friends/ben", as: .user("anna"))
            #expect(try await desk.call(.delete, "/v1/users/ben/friends/anna", as: .user("ben")).status == 204)
            #expect(try await desk.call(.get, "/v1/users/ben/friend-requests").items.isEmpty)
            _ = try await desk.call(.put, "/v1/users/anna/friends/ben", as: .user("anna"))
            #expect(try await desk.call(.delete, "/v1/users/anna/friends/ben", as: .user("anna")).status == 204)
            #expect(try await desk.call(.get, "/v1/users/ben/friend-requests").items.isEmpty)
        }
    }

    @Test func nobodyIsItsOwnFriend() async throws {
        try await Desk.open { (desk: Desk) async throws in
            #expect(try await desk.call(.put, "/v1/users/anna/friends/anna").status == 400)
            #expect(try await desk.call(.put, "/v1/users/anna/friends/anna", as: .user("anna")).status == 400)
        }
    }

    @Test func anErasedFriendDoesNotShowToUsersAndIsRefusedToTheBackend() async throws {
        try await Desk.open { desk in
            _ = try await desk.call(.get, "/v1/users/ben", as: .user("ben"))
            _ = try await desk.call(.delete, "/v1/users/ben")
            #expect(try await desk.call(.put, "/v1/users/anna/friends/ben", as: .user("anna")).status == 202)
            #expect(try await desk.call(.put, "/v1/users/anna/friends/ben").problem == "erased")
        }
    }

    @Test func moreFriendsThanAllowedAreAConflict() async throws {
        let stores = Stores.inMemory()
        let anna = UserID("anna")!
        let friends = (1..<StoreLimits.maximumFriends).map { Friendship(anna, UserID("f\($0)")!) }
        try await stores.friendships.importFriendships(friends)
        try await Desk.open(stores) { desk in
            #expect(try await desk.call(.put, "/v1/users/anna/friends/last").status == 201)
            let refused = try await desk.call(.put, "/v1/users/anna/friends/onemore")
            #expect(refused.status == 409)
            #expect(refused.problem == "too_many_friends")
        }
    }

    @Test(arguments: [1, 7, 100])
    func pagesAreCompleteAndWithoutDuplicates(_ limit: Int) async throws {
        let stores = Stores.inMemory()
        let anna = UserID("anna")!
        let names = (0..<103).map { "f\($0)" }
        try await stores.friendships.importFriendships(names.map { Friendship(anna, UserID($0)!) })
        try await Desk.open(stores) { desk in
            var seen: [String] = []
            var next: String?
            repeat {
                let cursor = next.map { "&cursor=\($0)" } ?? ""
                let page = try await desk.call(.get, "/v1/users/anna/friends?limit=\(limit)\(cursor)")
                #expect(page.status == 200 && page.items.count <= limit)
                seen += page.column("id")
                next = page.next
            } while next != nil
            #expect(seen == names.sorted())
        }
    }

    @Test func theBackendIsToldOfUsersThatDoNotExist() async throws {
        try await Desk.open { (desk: Desk) async throws in
            for list in ["friends", "friend-requests", "nearby/friends", "history", "blocks", "export"] {
                #expect(try await desk.call(.get, "/v1/users/nobody/\(list)").problem == "not_found")
            }
            #expect(try await desk.core.stores.users.user(.init("nobody")!) == nil)
        }
    }
}

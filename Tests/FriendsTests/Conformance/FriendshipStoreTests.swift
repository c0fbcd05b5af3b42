import Channels
import Friends
import Testing

@Suite struct FriendshipStoreTests {
    @Test(arguments: StoreKind.allCases)
    func friendshipIsMutual(kind: StoreKind) async throws {
        try await kind.withStores { (stores) async throws in
            #expect(try await stores.friendships.befriend("ann", "bob"))
            #expect(try await !stores.friendships.befriend("bob", "ann"))
            #expect(try await stores.friendships.areFriends("bob", "ann"))
            #expect(try await stores.users.user("bob")?.name == "bob")
            #expect(try await stores.friendships.unfriend("bob", "ann"))
            #expect(try await !stores.friendships.unfriend("ann", "bob"))
            #expect(try await !stores.friendships.areFriends("ann", "bob"))
            #expect(try await !stores.friendships.unfriend("ann", "nobody"))
        }
    }

    @Test(arguments: StoreKind.allCases)
    func nobodyIsTheirOwnFriend(kind: StoreKind) async throws {
        try await kind.withStores { (stores) async throws in
            await expectError(.invalid) { try await stores.friendships.befriend("ann", "ann") }
            await expectError(.invalid) { try await stores.friendships.request(from: "ann", to: "ann") }
            #expect(try await stores.users.user("ann") == nil)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func friendsComeInPages(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            let friends = userIDs(5)
            for friend in friends.reversed() { try await stores.friendships.befriend("ann", friend) }
            let first = try await stores.friendships.friends(of: "ann", limit: 2, after: nil)
            #expect(first.items.map(\.id) == Array(friends[0..<2]) && first.hasMore)
            let rest = try await stores.friendships.friends(of: "ann", limit: 3, after: friends[1])
            #expect(rest.items.map(\.id) == Array(friends[2..<5]) && !rest.hasMore)
            let none = try await stores.friendships.friends(of: "ann", limit: 3, after: friends[4])
            #expect(none.items.isEmpty && !none.hasMore)
            let nobody = try await stores.friendships.friends(of: "nobody", limit: 3, after: nil)
            #expect(nobody.items.isEmpty && !nobody.hasMore)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aRequestWaitsForTheOtherSide(kind: StoreKind) async throws {
        try await kind.withStores { (stores) async throws in
            let friendships = stores.friendships
            #expect(try await friendships.request(from: "ann", to: "bob") == .requested)
            #expect(try await friendships.request(from: "ann", to: "bob") == .requested)
            #expect(try await requests(to: "bob", in: stores) == ["ann"])
            #expect(try await requests(to: "ann", in: stores) == [])
            #expect(try await friendships.request(from: "bob", to: "ann") == .accepted)
            #expect(try await friendships.request(from: "bob", to: "ann") == .alreadyFriends)
            #expect(try await requests(to: "bob", in: stores) == [])
            #expect(try await friendships.areFriends("ann", "bob"))
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aRequestIsDeclinedByItsRemoval(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            let friendships = stores.friendships
            try await friendships.request(from: "ann", to: "bob")
            #expect(try await !friendships.removeRequest(from: "bob", to: "ann"))
            #expect(try await friendships.removeRequest(from: "ann", to: "bob"))
            #expect(try await !friendships.removeRequest(from: "ann", to: "bob"))
            #expect(try await requests(to: "bob", in: stores) == [])
            #expect(try await friendships.request(from: "bob", to: "ann") == .requested)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func theBackendsFriendshipEndsTheRequests(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            try await stores.friendships.request(from: "ann", to: "bob")
            try await stores.friendships.befriend("ann", "bob")
            try await stores.friendships.unfriend("ann", "bob")
            #expect(try await requests(to: "bob", in: stores) == [])
            #expect(try await stores.friendships.request(from: "bob", to: "ann") == .requested)
        }
    }

    @Test(arguments: StoreKind.allCases, [true, false])
    func aBlockIsSilent(kind: StoreKind, askerBlocks: Bool) async throws {
        try await kind.withStores { stores in
            let (blocker, blocked): (UserID, UserID) = askerBlocks ? ("ann", "bob") : ("bob", "ann")
            try await stores.blocks.block(blocked, by: blocker, as: .user, now: 0)
            #expect(try await stores.friendships.request(from: "ann", to: "bob") == .requested)
            #expect(try await stores.friendships.request(from: "bob", to: "ann") == .requested)
            #expect(try await requests(to: "bob", in: stores) == [])
            #expect(try await requests(to: "ann", in: stores) == [])
            #expect(try await stores.users.export("ann").requestsMade == ["bob"])
            #expect(try await stores.friendships.removeRequest(from: "ann", to: "bob"))
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aRequestAcrossABlockIsNeverShown(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            try await stores.friendships.request(from: "ann", to: "bob")
            try await stores.blocks.block("ann", by: "bob", as: .sid("x"), now: 0)
            #expect(try await requests(to: "bob", in: stores) == [])
            let block = try await stores.blocks.blocks(by: "bob")[0]
            #expect(try await stores.blocks.unblock(.block(block.id), by: "bob") == "ann")
            #expect(try await requests(to: "bob", in: stores) == [])
            #expect(try await stores.friendships.request(from: "bob", to: "ann") == .requested)
            #expect(try await stores.friendships.request(from: "ann", to: "bob") == .accepted)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aRequestLooksTheSameWhoeverIsAsked(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            _ = try await stores.users.ensure("gone")
            try await stores.users.erase("gone")
            #expect(try await stores.friendships.request(from: "ann", to: "gone") == .requested)
            #expect(try await stores.friendships.request(from: "ann", to: "new") == .requested)
            #expect(try await stores.users.export("ann").requestsMade == ["gone", "new"])
            #expect(try await stores.users.user("new") == nil)
            _ = try await stores.users.ensure("new")
            #expect(try await requests(to: "new", in: stores) == ["ann"])
            try await stores.users.put(Profile(id: "gone", name: "Back"))
            #expect(try await requests(to: "gone", in: stores) == [])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func requestsComeInPages(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            let askers = userIDs(3)
            for asker in askers { try await stores.friendships.request(from: asker, to: "ann") }
            let first = try await stores.friendships.incomingRequests(of: "ann", limit: 2, after: nil)
            #expect(first.items.map(\.id) == Array(askers[0..<2]) && first.hasMore)
            let last = try await stores.friendships.incomingRequests(of: "ann", limit: 2, after: askers[1])
            #expect(last.items.map(\.id) == [askers[2]] && !last.hasMore)
        }
    }

    private func requests(to user: UserID, in stores: Stores) async throws -> [UserID] {
        try await stores.friendships.incomingRequests(of: user, limit: 99, after: nil).items.map(\.id)
    }
}

import Channels
import Friends
import Testing

@Suite struct FriendshipImportTests {
    @Test(arguments: StoreKind.allCases)
    func usersAreMadeAsNeeded(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            _ = try await stores.users.ensure("bob")
            try await stores.users.put(Profile(id: "gone", name: "Gone"))
            try await stores.users.erase("gone")
            try await stores.blocks.block("named", by: "bob", as: .user, now: 0)
            try await stores.friendships.befriend("bob", "carl")
            let pairs: [(UserID, UserID)] = [
                ("ann", "bob"), ("bob", "ann"), ("carl", "bob"), ("dan", "dan"), ("gone", "ann"),
                ("named", "ann"), ("ann", "bob"),
            ]
            let summary = try await stores.friendships.importFriendships(pairs.map(Friendship.init))
            #expect(summary.created == 2)
            #expect(summary.existed == 3)
            #expect(summary.refused == 2)
            #expect(summary.usersCreated == 2)
            #expect(try await stores.users.account(of: "ann").friends.map(\.id) == ["bob", "named"])
            #expect(try await stores.users.user("dan") == nil)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aSecondImportChangesNothing(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            let ids = userIDs(40)
            let pairs = ids.indices.dropFirst().map { Friendship(ids[$0], ids[$0 / 2]) }
            #expect(try await stores.friendships.importFriendships(pairs).created == 39)
            let again = try await stores.friendships.importFriendships(pairs)
            #expect(again.created == 0 && again.existed == 39 && again.usersCreated == 0)
            #expect(try await stores.friendships.importFriendships([]) == ImportSummary())
        }
    }

    @Test(arguments: StoreKind.allCases)
    func theLimitHoldsWithinAnImport(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            let friends = userIDs(StoreLimits.maximumFriends + 1)
            let summary = try await stores.friendships.importFriendships(
                friends.map { Friendship($0, "ann") })
            #expect(summary.created == StoreLimits.maximumFriends && summary.refused == 1)
            #expect(try await !stores.friendships.areFriends("ann", friends.last!))
        }
    }

    @Test(arguments: StoreKind.allCases)
    func requestsBetweenTheImportedEnd(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            try await stores.friendships.request(from: "ann", to: "bob")
            try await stores.friendships.importFriendships([Friendship("ann", "bob")])
            #expect(try await stores.users.export("ann").requestsMade == [])
        }
    }
}

import Channels
import Friends
import Testing

@Suite struct FriendshipLimitTests {
    @Test(arguments: StoreKind.allCases)
    func friends(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            let friends = userIDs(StoreLimits.maximumFriends - 1)
            try await stores.friendships.importFriendships(friends.map { Friendship("ann", $0) })
            try await stores.friendships.request(from: "early", to: "ann")
            #expect(try await stores.friendships.befriend("last", "ann"))
            await expectError(.tooManyFriends) { try await stores.friendships.befriend("ann", "more") }
            await expectError(.tooManyFriends) { try await stores.friendships.befriend("more", "ann") }
            #expect(try await stores.users.user("more") == nil)
            await expectError(.tooManyFriends) {
                try await stores.friendships.request(from: "ann", to: "early")
            }
            #expect(try await !stores.friendships.befriend("ann", "last"))
            #expect(try await stores.friendships.request(from: "ann", to: "last") == .alreadyFriends)
            #expect(try await stores.users.account(of: "ann").friends.count == StoreLimits.maximumFriends)
            try await stores.friendships.unfriend("ann", "last")
            #expect(try await stores.friendships.request(from: "ann", to: "early") == .accepted)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func theAcceptedSideHasALimitToo(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            try await stores.friendships.request(from: "ann", to: "bob")
            let friends = userIDs(StoreLimits.maximumFriends)
            try await stores.friendships.importFriendships(friends.map { Friendship("ann", $0) })
            await expectError(.tooManyFriends) {
                try await stores.friendships.request(from: "bob", to: "ann")
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func pendingRequests(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            let targets = userIDs(StoreLimits.maximumRequests)
            for target in targets { try await stores.friendships.request(from: "ann", to: target) }
            await expectError(.tooManyRequests) {
                try await stores.friendships.request(from: "ann", to: "more")
            }
            #expect(try await stores.friendships.request(from: "ann", to: targets[0]) == .requested)
            try await stores.friendships.removeRequest(from: "ann", to: targets[0])
            #expect(try await stores.friendships.request(from: "ann", to: "more") == .requested)
        }
    }
}

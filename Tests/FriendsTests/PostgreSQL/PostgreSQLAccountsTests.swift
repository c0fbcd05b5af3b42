import Channels
import TestServers
import Testing

@testable import Friends

/// What a process reads of many users whom another process changed.
@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed")) struct PostgreSQLAccountsTests {
    @Test func manyAccountsAreEachTheSameAsOne() async throws {
        try await withDatabase { database in
            let ids = userIDs(12)
            var generator = SplitMix64(seed: 7)
            let stores = database.stores
            for _ in 0..<60 {
                let (a, b) = (ids.randomElement(using: &generator)!, ids.randomElement(using: &generator)!)
                if a == b { continue }
                try await stores.friendships.befriend(a, b)
                if Bool.random(using: &generator) {
                    try await stores.blocks.block(
                        b, by: a, as: Bool.random(using: &generator) ? .user : .sid("s"), now: 1)
                }
            }
            try await stores.users.erase(ids[3])
            let accounts = try await database.accounts(of: ids + ["nobody"])
            #expect(Set(accounts.map(\.user.id)) == Set(ids).subtracting([ids[3]]))
            #expect(accounts.contains { !$0.blocked.isEmpty } && accounts.contains { $0.friends.count > 3 })
            for account in accounts {
                #expect(try await stores.users.account(of: account.user.id) == account)
            }
        }
    }

    @Test func theErasedAreNamedAndTheUnknownAreNot() async throws {
        try await withDatabase { database in
            let users = database.stores.users
            for id in ["ann", "bob"] as [UserID] { _ = try await users.ensure(id) }
            try await users.erase("bob")
            // Blocked before anybody used it: it has a number and nothing else.
            try await database.stores.blocks.block("later", by: "ann", as: .user, now: 1)
            // Erased and made again: it shows, whatever its epoch is by now.
            _ = try await users.ensure("carl")
            #expect(try await users.erase("carl") == 1)
            try await users.put(Profile(id: "carl", name: "Carl"))
            let carl = try await database.users(["carl"])
            #expect(carl.map(\.user.isErased) == [false] && carl.map(\.erasedEpoch) == [1])
            let found = try await database.users(["ann", "bob", "later", "nobody"])
            #expect(Set(found.map(\.user)) == [try await users.user("ann")!, try await users.user("bob")!])
        }
    }
}

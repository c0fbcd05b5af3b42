import Channels
import Friends
import Testing

@Suite struct UserStoreTests {
    @Test(arguments: StoreKind.allCases)
    func anyIDExistsFromItsFirstUse(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            #expect(try await stores.users.user("ann") == nil)
            let ann = try await stores.users.ensure("ann")
            #expect(ann == User(id: "ann", number: 1, name: "ann"))
            #expect(try await stores.users.ensure("ann") == ann)
            #expect(try await stores.users.user("ann") == ann)
            #expect(try await stores.users.ensure("bob").number == 2)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func theBackendCreatesAndRenames(kind: StoreKind) async throws {
        try await kind.withStores { (stores) async throws in
            let users = stores.users
            #expect(try await users.put(Profile(id: "ann", name: "Ann", avatarURL: "https://a/1")))
            #expect(try await !users.put(Profile(id: "ann", name: "Anna")))
            #expect(try await users.user("ann") == User(id: "ann", number: 1, name: "Anna"))
            #expect(try await users.ensure("ann").name == "Anna")
        }
    }

    @Test(arguments: StoreKind.allCases)
    func manyProfilesAtOnce(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            _ = try await stores.users.ensure("b")
            let profiles = try ["a", "b", "c"].map { try Profile(id: UserID($0)!, name: "The " + $0) }
            #expect(try await stores.users.put(profiles) == 2)
            let found = try await stores.users.users(["c", "nobody", "a", "b", "a"])
            #expect(found.map(\.name) == ["The c", "The a", "The b", "The a"])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func usersAreFoundByNumber(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            #expect(try await stores.users.user(number: 1) == nil)
            let ann = try await stores.users.ensure("ann")
            #expect(try await stores.users.user(number: ann.number) == ann)
            for number in [Int64.min, -1, 0, 2, .max] {
                #expect(try await stores.users.user(number: number) == nil)
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func everyChangeOfSharingRaisesTheEpoch(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            _ = try await stores.users.ensure("ann")
            #expect(try await stores.users.setSharing(true, of: "ann") == 0)
            #expect(try await stores.users.setSharing(false, of: "ann") == 1)
            #expect(try await stores.users.setSharing(false, of: "ann") == 1)
            #expect(try await stores.users.raiseEpoch(of: "ann", above: 0) == 2)
            let ann = try await stores.users.ensure("ann")
            #expect(ann == User(id: "ann", number: 1, name: "ann", sharing: false, epoch: 2))
            #expect(try await stores.users.raiseEpoch(of: "ann", above: 2) == 3)
            #expect(try await stores.users.raiseEpoch(of: "ann", above: 9) == 10)
            #expect(try await stores.users.raiseEpoch(of: "ann", above: 9) == 11)
            #expect(try await stores.users.setSharing(true, of: "ann") == 12)
            #expect(try await stores.users.raiseEpoch(of: "ann", above: .max) == .max)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func nobodyHasNoEpoch(kind: StoreKind) async throws {
        try await kind.withStores { (stores) async throws in
            await expectError(.notFound) { try await stores.users.raiseEpoch(of: "nobody", above: 0) }
            await expectError(.notFound) { try await stores.users.setSharing(true, of: "nobody") }
            await expectError(.notFound) { _ = try await stores.users.export("nobody") }
            #expect(try await stores.users.erase("nobody") == nil)
            #expect(try await stores.users.user("nobody") == nil)
        }
    }

    @Test func lengthsOfAProfile() async {
        let name = String(repeating: "n", count: StoreLimits.maximumNameLength)
        let avatar = String(repeating: "a", count: StoreLimits.maximumAvatarURLLength)
        #expect(throws: Never.self) { try Profile(id: "ann", name: name, avatarURL: avatar) }
        await expectError(.invalid) { _ = try Profile(id: "ann", name: "") }
        await expectError(.invalid) { _ = try Profile(id: "ann", name: name + "n") }
        await expectError(.invalid) { _ = try Profile(id: "ann", name: "Ann", avatarURL: avatar + "a") }
        await expectError(.invalid) { _ = try Profile(id: "ann", name: "A\0n") }
        await expectError(.invalid) { _ = try Profile(id: "ann", name: "Ann", avatarURL: "\0") }
    }

    @Test(arguments: StoreKind.allCases)
    func anAccountIsAllThatASessionNeeds(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            for friend in ["zoe", "bob", "carl"] as [UserID] {
                try await stores.friendships.befriend("ann", friend)
            }
            try await stores.users.put(Profile(id: "bob", name: "Bob", avatarURL: "https://a/2"))
            try await stores.users.setSharing(false, of: "carl")
            try await stores.blocks.block("eve", by: "ann", as: .user, now: 0)
            try await stores.blocks.block("carl", by: "ann", as: .sid("x"), now: 0)
            try await stores.blocks.block("ann", by: "dan", as: .sid("y"), now: 0)
            let account = try await stores.users.account(of: "ann")
            #expect(account.user == User(id: "ann", number: 1, name: "ann"))
            #expect(
                account.friends == [
                    User(id: "zoe", number: 2, name: "zoe"),
                    User(id: "bob", number: 3, name: "Bob", avatarURL: "https://a/2"),
                    User(id: "carl", number: 4, name: "carl", sharing: false, epoch: 1),
                ])
            #expect(account.blocked == ["carl", "dan", "eve"])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func anAccountIsMadeOnFirstUse(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            let account = try await stores.users.account(of: "ann")
            #expect(account == Account(user: User(id: "ann", number: 1, name: "ann"), friends: [], blocked: []))
            #expect(try await stores.users.user("ann") == account.user)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func anIDThatWasOnlyNamedDoesNotExist(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            try await stores.blocks.block("ghost", by: "ann", as: .user, now: 0)
            #expect(try await stores.users.user("ghost") == nil)
            #expect(try await stores.users.users(["ghost"]) == [])
            #expect(try await stores.users.erase("ghost") == nil)
            await expectError(.notFound) { try await stores.users.setSharing(false, of: "ghost") }
            let account = try await stores.users.account(of: "ghost")
            #expect(account.user.name == "ghost" && account.user.sharing)
            #expect(account.blocked == ["ann"])
            #expect(try await stores.users.user(number: account.user.number) == account.user)
        }
    }
}

import Channels
import Friends
import Testing

@Suite struct BlockStoreTests {
    @Test(arguments: StoreKind.allCases)
    func aBlockActsInBothDirections(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            #expect(try await stores.blocks.block("bob", by: "ann", as: .user, now: 7))
            #expect(try await !stores.blocks.block("bob", by: "ann", as: .user, now: 8))
            #expect(try await stores.blocks.isBlocked("ann", "bob"))
            #expect(try await stores.blocks.isBlocked("bob", "ann"))
            #expect(try await !stores.blocks.isBlocked("ann", "carl"))
            let blocks = try await stores.blocks.blocks(by: "ann")
            #expect(blocks.map(\.user) == ["bob"] && blocks.map(\.since) == [7])
            #expect(try await stores.blocks.blocks(by: "bob") == [])
            #expect(try await stores.blocks.blocks(by: "nobody") == [])
            await expectError(.invalid) {
                try await stores.blocks.block("ann", by: "ann", as: .sid("x"), now: 0)
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aBlockIsLiftedByUserOrByItsID(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            for id in ["bob", "carl"] as [UserID] {
                try await stores.blocks.block(id, by: "ann", as: .user, now: 0)
            }
            #expect(try await stores.blocks.unblock(.user("bob"), by: "ann") == "bob")
            #expect(try await stores.blocks.unblock(.user("bob"), by: "ann") == nil)
            let carl = try await stores.blocks.blocks(by: "ann")[0].id
            #expect(try await stores.blocks.unblock(.block(carl), by: "carl") == nil)
            #expect(try await stores.blocks.unblock(.block(carl), by: "ann") == "carl")
            #expect(try await stores.blocks.unblock(.block(carl), by: "nobody") == nil)
            #expect(try await stores.blocks.unblock(.user("nobody"), by: "ann") == nil)
            #expect(try await !stores.blocks.isBlocked("carl", "ann"))
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aBlockByPseudonymRevealsNobody(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            #expect(try await stores.blocks.block("bob", by: "ann", as: .sid("p1"), now: 1))
            #expect(try await !stores.blocks.block("bob", by: "ann", as: .sid("p1"), now: 2))
            // Two pseudonyms of one person look like two people.
            #expect(try await stores.blocks.block("bob", by: "ann", as: .sid("p2"), now: 3))
            let blocks = try await stores.blocks.blocks(by: "ann")
            #expect(blocks.map(\.user) == [nil, nil] && blocks.map(\.since) == [1, 3])
            #expect(try await stores.blocks.unblock(.user("bob"), by: "ann") == nil)
            #expect(try await stores.blocks.isBlocked("bob", "ann"))
            #expect(try await stores.blocks.unblock(.block(blocks[0].id), by: "ann") == "bob")
            #expect(try await stores.blocks.isBlocked("bob", "ann"))
            #expect(try await stores.blocks.unblock(.block(blocks[1].id), by: "ann") == "bob")
            #expect(try await !stores.blocks.isBlocked("bob", "ann"))
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aUserIDLiftsOnlyTheBlockByUserID(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            try await stores.blocks.block("bob", by: "ann", as: .sid("p"), now: 1)
            try await stores.blocks.block("bob", by: "ann", as: .user, now: 2)
            #expect(try await stores.blocks.blocks(by: "ann").map(\.user) == [nil, "bob"])
            #expect(try await stores.blocks.unblock(.user("bob"), by: "ann") == "bob")
            #expect(try await stores.blocks.blocks(by: "ann").map(\.user) == [nil])
            #expect(try await stores.blocks.isBlocked("ann", "bob"))
        }
    }

    @Test(arguments: StoreKind.allCases)
    func limit(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            let ids = userIDs(StoreLimits.maximumBlocks)
            for id in ids { try await stores.blocks.block(id, by: "ann", as: .user, now: 0) }
            await expectError(.tooManyBlocks) {
                try await stores.blocks.block("more", by: "ann", as: .user, now: 0)
            }
            #expect(try await !stores.blocks.isBlocked("more", "ann"))
            #expect(try await !stores.blocks.block(ids[0], by: "ann", as: .user, now: 0))
            try await stores.blocks.unblock(.user(ids[0]), by: "ann")
            #expect(try await stores.blocks.block("more", by: "ann", as: .user, now: 0))
            #expect(try await stores.blocks.blocks(by: "ann").count == StoreLimits.maximumBlocks)
        }
    }

    @Test func aTextNamesEitherAUserOrABlock() {
        let text = "~0123456789abcdef0123456789abcdef"
        #expect(BlockTarget(text) == .block(BlockID(text)!))
        #expect(BlockTarget(text.dropFirst()) == .user(UserID(text.dropFirst())!))
        for bad in ["", "~", text + "0", String(text.dropLast()), text.uppercased(), "~x"] {
            #expect(BlockTarget(bad) == nil)
        }
    }
}

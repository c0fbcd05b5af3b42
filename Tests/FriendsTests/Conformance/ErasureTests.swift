import Channels
import Foundation
import Friends
import Geo
import Testing

@Suite struct ErasureTests {
    @Test(arguments: StoreKind.allCases)
    func nothingIsLeftButATombstone(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            try await fill(stores)
            #expect(try await stores.users.erase("ann") == 1)
            let tombstone = User(id: "ann", number: 1, name: "", sharing: false, epoch: 1, isErased: true)
            #expect(try await stores.users.user("ann") == tombstone)
            #expect(try await stores.users.user(number: 1) == tombstone)
            #expect(try await stores.users.users(["ann"]) == [])
            #expect(try await stores.users.account(of: "bob").friends == [])
            #expect(try await !stores.friendships.areFriends("bob", "ann"))
            #expect(try await stores.friendships.incomingRequests(of: "carl", limit: 9, after: nil).items == [])
            #expect(try await stores.users.account(of: "eve").blocked == [])
            #expect(try await cached(["ann"], in: stores) == [])
            #expect(try await history(of: "ann", in: stores) == [])
            #expect(try await stores.history.latestPoints(heardSince: 0) == [])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func whatOthersKeepAboutItStays(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            try await fill(stores)
            try await stores.users.erase("ann")
            #expect(try await stores.blocks.blocks(by: "fred").map(\.user) == ["ann"])
            let reports = try await stores.reports.reports(limit: 9, before: nil).items.map(\.report)
            #expect(reports.map(\.reported) == ["ann", "eve"])
            #expect(reports.map(\.reporter) == ["fred", nil])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func anErasedUserIsRefused(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            try await fill(stores)
            try await stores.users.erase("ann")
            await expectError(.erased) { _ = try await stores.users.ensure("ann") }
            await expectError(.erased) { _ = try await stores.users.account(of: "ann") }
            await expectError(.erased) { _ = try await stores.users.export("ann") }
            await expectError(.erased) { try await stores.users.setSharing(true, of: "ann") }
            await expectError(.erased) { try await stores.users.raiseEpoch(of: "ann", above: 0) }
            await expectError(.erased) { try await stores.friendships.befriend("ann", "bob") }
            await expectError(.erased) { try await stores.friendships.befriend("bob", "ann") }
            await expectError(.erased) { try await stores.friendships.request(from: "ann", to: "bob") }
            await expectError(.erased) {
                try await stores.blocks.block("bob", by: "ann", as: .user, now: 0)
            }
            #expect(try await stores.users.erase("ann") == nil)
            #expect(try await stores.users.user("ann")?.epoch == 1)
        }
    }

    @Test(arguments: StoreKind.allCases)
    func locationsOfAnErasedUserAreIgnored(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            try await fill(stores)
            try await stores.users.erase("ann")
            try await stores.cache.store([location("ann", ts: 9, epoch: 9), location("bob", ts: 9)])
            try await stores.history.append([point("ann", ts: 9), point("bob", ts: 9)])
            #expect(try await stores.cache.locations(heardSince: 0).map(\.user) == ["bob"])
            #expect(try await stores.history.latestPoints(heardSince: 0).map(\.user) == ["bob"])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func theBackendBringsAnErasedUserBack(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            try await fill(stores)
            try await stores.users.setSharing(false, of: "ann")
            try await stores.users.erase("ann")
            #expect(try await stores.users.put(Profile(id: "ann", name: "New")))
            let account = try await stores.users.account(of: "ann")
            #expect(account.user == User(id: "ann", number: 1, name: "New", epoch: 3))
            #expect(account.friends == [] && account.blocked == ["fred"])
            #expect(try await history(of: "ann", in: stores) == [])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func theExportHoldsAllAndBetraysNobody(kind: StoreKind) async throws {
        try await kind.withStores { (stores) async throws in
            try await fill(stores)
            let export = try await stores.users.export("ann")
            #expect(export.name == "Ann" && export.avatarURL == "https://a/1" && export.sharing)
            #expect(export.friends == ["bob"])
            #expect(export.requestsMade == ["carl"] && export.requestsReceived == ["dora"])
            #expect(export.blocks.map(\.user) == ["greg", nil])
            #expect(export.reports.map(\.user) == [nil] && export.reports.map(\.sid) == ["pseudonym"])
            #expect(export.location?.lat == place.latitude && export.location?.heardAt == 8)
            #expect(export.history.map(\.ts) == [5, 7])
            let json = try JSONEncoder().encode(export)
            #expect(!String(decoding: json, as: UTF8.self).contains("eve"))
            #expect(!String(decoding: json, as: UTF8.self).contains("fred"))
            #expect(try JSONDecoder().decode(UserExport.self, from: json) == export)
        }
    }

    /// Ann with some of everything; eve is known to her by pseudonym only.
    private func fill(_ stores: Stores) async throws {
        try await stores.users.put(Profile(id: "ann", name: "Ann", avatarURL: "https://a/1"))
        try await stores.friendships.befriend("ann", "bob")
        try await stores.friendships.request(from: "ann", to: "carl")
        try await stores.friendships.request(from: "dora", to: "ann")
        try await stores.blocks.block("greg", by: "ann", as: .user, now: 1)
        try await stores.blocks.block("eve", by: "ann", as: .sid("pseudonym"), now: 2)
        try await stores.blocks.block("ann", by: "fred", as: .user, now: 3)
        try await stores.reports.append(
            Report(reporter: "ann", reported: "eve", naming: .sid("pseudonym"), reason: "rude", at: 4))
        try await stores.reports.append(
            Report(reporter: "fred", reported: "ann", naming: .user, reason: nil, at: 5))
        try await stores.cache.store([location("ann", ts: 7, heardAt: 8)])
        try await stores.history.append([point("ann", ts: 7), point("ann", ts: 5)])
    }
}

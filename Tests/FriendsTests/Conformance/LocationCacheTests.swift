import Channels
import Friends
import Geo
import Testing

@Suite struct LocationCacheTests {
    @Test(arguments: StoreKind.allCases)
    func theNewestByEpochAndTimeStays(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            _ = try await stores.users.ensure("ann")
            let first = location("ann", ts: 10, epoch: 1)
            try await stores.cache.store([first])
            for older in [location("ann", ts: 9, epoch: 1), location("ann", ts: 11, epoch: 0)] {
                try await stores.cache.store([older])
                #expect(try await cached(["ann"], in: stores) == [first])
            }
            let elsewhere = Coordinate(latitudeE7: 1, longitudeE7: 2)!
            try await stores.cache.store([location("ann", ts: 10, epoch: 1, coordinate: elsewhere)])
            #expect(try await cached(["ann"], in: stores) == [first])
            let newer = location("ann", ts: 11, epoch: 1, coordinate: elsewhere)
            let higher = location("ann", ts: 2, epoch: 2, sharing: false, heardAt: 12)
            try await stores.cache.store([newer])
            #expect(try await cached(["ann"], in: stores) == [newer])
            try await stores.cache.store([higher, newer])
            #expect(try await cached(["ann"], in: stores) == [higher])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aLocationLivesForTheTTL(kind: StoreKind) async throws {
        try await kind.withStores(locationTTL: .milliseconds(100)) { stores in
            _ = try await stores.users.ensure("ann")
            _ = try await stores.users.ensure("bob")
            try await stores.cache.store([
                location("ann", ts: 1, heardAt: 1_000), location("bob", ts: 1, heardAt: 1_001),
            ])
            #expect(try await stores.cache.removeExpired(now: 1_099) == 0)
            #expect(try await stores.cache.removeExpired(now: 1_100) == 1)
            #expect(try await stores.cache.locations(heardSince: 0).map(\.user) == ["bob"])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func manyAreStoredAtOnce(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            let ids = userIDs(4)
            for id in ids { _ = try await stores.users.ensure(id) }
            try await stores.cache.store(ids.dropLast().map { location($0, ts: 5) } + [location("nobody", ts: 5)])
            #expect(try await cached(Set(ids + ["nobody"]), in: stores) == ids.dropLast().map { location($0, ts: 5) })
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aWarmStartReadsWhatWasHeardSince(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            let ids = userIDs(3)
            for id in ids { _ = try await stores.users.ensure(id) }
            try await stores.cache.store(ids.enumerated().map { location($1, ts: 0, heardAt: Int64($0)) })
            let found = try await stores.cache.locations(heardSince: 1)
            #expect(Set(found.map(\.user)) == [ids[1], ids[2]])
        }
    }
}

import Channels
import Friends
import Testing

@Suite struct LocationHistoryTests {
    @Test(arguments: StoreKind.allCases)
    func oldestFirstInPages(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            try await prepare(stores, ["ann", "bob"])
            let points = [5, 1, 4, 2, 3].map { point("ann", ts: $0, heardAt: $0 + 10) }
            try await stores.history.append(points + [point("bob", ts: 2)])
            let sorted = points.sorted { $0.ts < $1.ts }
            let history = stores.history
            let first = try await history.points(of: "ann", from: .min, to: .max, limit: 2, after: nil)
            #expect(first.items == Array(sorted[0..<2]) && first.hasMore)
            let rest = try await history.points(of: "ann", from: .min, to: .max, limit: 3, after: 2)
            #expect(rest.items == Array(sorted[2..<5]) && !rest.hasMore)
            let middle = try await history.points(of: "ann", from: 2, to: 4, limit: 9, after: 2)
            #expect(middle.items == Array(sorted[2..<4]))
            let both = try await history.points(of: "ann", from: 2, to: 4, limit: 9, after: nil)
            #expect(both.items == Array(sorted[1..<4]))
            #expect(try await history.points(of: "ann", from: 4, to: 2, limit: 9, after: nil).items == [])
            #expect(try await history.points(of: "nobody", from: 0, to: 9, limit: 9, after: nil).items == [])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aBatchMayBeGivenAgain(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            try await prepare(stores, ["ann"])
            let points = [point("ann", ts: 1), point("ann", ts: 2), point("nobody", ts: 1)]
            try await stores.history.append(points)
            try await stores.history.append([point("ann", ts: 2, heardAt: 99)] + points)
            #expect(try await history(of: "ann", in: stores) == Array(points[0..<2]))
            #expect(try await stores.users.user("nobody") == nil)
            #expect(try await history(of: "nobody", in: stores) == [])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aWarmStartReadsTheNewestOfEach(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            try await prepare(stores, ["ann", "bob", "carl"])
            try await stores.history.append([
                point("ann", ts: 1, heardAt: 50), point("ann", ts: 2, heardAt: 60),
                point("bob", ts: 9, heardAt: 49), point("carl", ts: 3, heardAt: 50),
            ])
            let latest = try await stores.history.latestPoints(heardSince: 50)
            #expect(Set(latest) == [point("ann", ts: 2, heardAt: 60), point("carl", ts: 3, heardAt: 50)])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func oneHistoryIsDeleted(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            try await prepare(stores, ["ann", "bob"])
            try await stores.history.append([point("ann", ts: 1), point("bob", ts: 1)])
            try await stores.history.deletePoints(of: "ann")
            try await stores.history.deletePoints(of: "nobody")
            #expect(try await history(of: "ann", in: stores) == [])
            #expect(try await history(of: "bob", in: stores) == [point("bob", ts: 1)])
        }
    }

    @Test(arguments: StoreKind.allCases)
    func oldPointsAreForgotten(kind: StoreKind) async throws {
        try await kind.withStores { stores in
            // More users than one transaction looks at.
            let ids = userIDs(1_500)
            try await prepare(stores, ids)
            try await stores.history.append(ids.flatMap { [point($0, ts: 1), point($0, ts: 2)] })
            #expect(try await stores.history.deletePoints(olderThan: .milliseconds(7), now: 9) == ids.count)
            #expect(try await stores.history.deletePoints(olderThan: .milliseconds(7), now: 9) == 0)
            #expect(try await history(of: ids[0], in: stores) == [point(ids[0], ts: 2)])
            #expect(try await history(of: ids[1_499], in: stores) == [point(ids[1_499], ts: 2)])
        }
    }

    private func prepare(_ stores: Stores, _ ids: [UserID]) async throws {
        try await stores.users.put(ids.map { try Profile(id: $0, name: $0.string) })
    }
}

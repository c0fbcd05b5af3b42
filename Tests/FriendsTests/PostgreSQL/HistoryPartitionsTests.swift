import Channels
import Foundation
import TestServers
import Testing

@testable import Friends

@Suite struct HistoryPartitionsTests {
    @Test(
        arguments: [
            (0, "history_19700101"), (951_782_400_000, "history_20000229"), (951_868_800_000, "history_20000301"),
            (1_795_219_200_000, "history_20261121"), (4_107_456_000_000, "history_21000228"),
            (4_107_542_400_000, "history_21000301"),
        ] as [(Int64, String)])
    func aDayIsNamedByItsDate(start: Int64, name: String) {
        #expect(HistoryPartitions.name(start) == name)
    }

    @Test func daysBeginAtMidnight() {
        #expect(HistoryPartitions.starts(0) == [0, 86_400_000, 172_800_000])
        #expect(HistoryPartitions.starts(86_399_999)[0] == 0)
        #expect(HistoryPartitions.starts(-1)[0] == -86_400_000)
    }

    /// Days go by: points find their partition, and what is too old goes with it.
    @Test(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
    func retentionDropsDays() async throws {
        let server = try PostgreSQLServer.shared
        let name = try server.makeDatabase()
        let clock = TestDays()
        let url = try PostgreSQLURL(server.url(name))
        let store = PostgreSQLStore(
            pool: ConnectionPool(url, .small), locationTTL: .seconds(600), now: { clock.now })
        let database = try await PostgreSQLDatabase(url, .small, store)
        let stores = database.stores
        try await stores.users.put(Profile(id: "ann", name: "Ann"))
        for day in 0..<10 {
            clock.now = Int64(day) * HistoryPartitions.day + 5
            try await stores.history.append([point("ann", ts: clock.now), point("ann", ts: clock.now + 1)])
        }
        #expect(try server.command("SELECT count(*) FROM history_other", in: name) == "0")
        // In the middle of the fifth day: four days go, and one point of the fifth.
        let limit = 4 * HistoryPartitions.day + 6
        #expect(try await stores.history.deletePoints(olderThan: .milliseconds(clock.now - limit), now: clock.now) == 8)
        #expect(try await history(of: "ann", in: stores).map(\.ts).min() == limit)
        #expect(try await history(of: "ann", in: stores).count == 11)
        #expect(
            try server.command("SELECT count(*) FROM pg_inherits WHERE inhparent = 'history'::regclass", in: name)
                == "8")
    }

    /// A process whose clock is years ahead deletes nothing, hides nothing, and makes the partitions of the true days.
    @Test(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
    func aWrongClockDestroysNothing() async throws {
        let server = try PostgreSQLServer.shared
        let name = try server.makeDatabase()
        let truth = Int64(Date().timeIntervalSince1970 * 1_000)
        let wrong = TestDays()
        wrong.now = truth + 9_000 * HistoryPartitions.day
        let url = try PostgreSQLURL(server.url(name))
        let store = PostgreSQLStore(
            pool: ConnectionPool(url, .small), locationTTL: .seconds(600), now: { wrong.now })
        let database = try await PostgreSQLDatabase(url, .small, store)
        let stores = database.stores
        try await stores.users.put(Profile(id: "ann", name: "Ann"))
        let age: Duration = .seconds(30 * 24 * 60 * 60)
        let ages: [Int64] = [0, 1, 29, 31]
        let points = ages.map { point("ann", ts: truth - $0 * HistoryPartitions.day) }
        try await stores.history.append(points)
        try await stores.cache.store([location("ann", ts: truth)])
        #expect(try await stores.history.deletePoints(olderThan: age, now: wrong.now) == 1)
        #expect(try await stores.cache.removeExpired(now: wrong.now) == 0)
        #expect(try await history(of: "ann", in: stores).count == 3)
        #expect(try await stores.cache.locations(heardSince: 0).count == 1)
        let today = HistoryPartitions.name(HistoryPartitions.starts(truth)[0])
        #expect(try server.command("SELECT count(*) FROM \(today)", in: name) == "1")
        await database.close()
    }
}

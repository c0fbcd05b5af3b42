import Channels
import Geo
import Testing

@testable import CLI

@Suite struct ReplayOracleTests {
    private let now = ContinuousClock.now
    private let staleAfter = 600.0

    /// Ann, Bob and Cat on one meridian; Ann is a friend of both, within 1,000 m.
    private func oracle(metres: [Double?]) throws -> ReplayOracle {
        let users = try ["ann", "bob", "cat"].map { try #require(UserID($0)) }
        var oracle = ReplayOracle(
            users: users,
            friendships: [
                .init(a: users[0], b: users[1]), .init(a: users[2], b: users[0]), .init(a: users[1], b: users[0]),
                .init(a: users[0], b: users[0]), .init(a: users[0], b: try #require(UserID("dan"))),
            ], radius: 1_000)
        for (index, metres) in metres.enumerated() {
            oracle.positions[index] = metres.map { .init(coordinate: place($0), ts: 1, sentAt: now) }
        }
        return oracle
    }

    private func place(_ metres: Double) -> Coordinate {
        Coordinate(latitude: metres / (Earth.meanRadius * .pi / 180), longitude: 0)!
    }

    private func shown(_ metres: Double, ts: Int64 = 1) -> ReplayOracle.Shown {
        .init(coordinate: place(metres), ts: ts)
    }

    private func compare(
        _ oracle: ReplayOracle, _ user: Int, _ shown: [Int: ReplayOracle.Shown], after seconds: Double = 0
    ) -> [Int] {
        let found = oracle.compare(user, shown: shown, now: now + .seconds(seconds), staleAfter: staleAfter)
        return [found.missing, found.extra, found.wrongPosition, found.compared]
    }

    @Test func friendshipsGoBothWays() throws {
        #expect(try oracle(metres: [0, 0, 0]).friends == [[1, 2], [0], [0]])
    }

    @Test func allIsAsItShouldBe() throws {
        let oracle = try oracle(metres: [0, 999, 1_001])
        #expect(compare(oracle, 0, [1: shown(999)]) == [0, 0, 0, 1])
        #expect(compare(oracle, 1, [0: shown(0)]) == [0, 0, 0, 1])
        #expect(compare(oracle, 2, [:]) == [0, 0, 0, 0])
    }

    @Test func whatIsWrongIsFound() throws {
        let oracle = try oracle(metres: [0, 999, 1_001])
        #expect(compare(oracle, 0, [:]) == [1, 0, 0, 1])
        // Somebody too far away, and somebody who is no friend.
        #expect(compare(oracle, 0, [1: shown(999), 2: shown(1_001)]) == [0, 1, 0, 1])
        #expect(compare(oracle, 1, [0: shown(0), 2: shown(1_001)]) == [0, 1, 0, 1])
        // Another place, and an older fix at the same place.
        #expect(compare(oracle, 0, [1: shown(998)]) == [0, 0, 1, 1])
        #expect(compare(oracle, 0, [1: shown(999, ts: 0)]) == [0, 0, 1, 1])
    }

    @Test func nobodyIsMissedWhoWasNotHeard() throws {
        let oracle = try oracle(metres: [0, 100, nil])
        #expect(compare(oracle, 0, [1: shown(100)]) == [0, 0, 0, 1])
        #expect(compare(oracle, 2, [:]) == [0, 0, 0, 0])
    }

    @Test func theInactiveVanish() throws {
        let oracle = try oracle(metres: [0, 100, nil])
        #expect(compare(oracle, 0, [:], after: 590) == [1, 0, 0, 1])
        // Around the time itself nothing is proved.
        #expect(compare(oracle, 0, [:], after: 600) == [0, 0, 0, 0])
        #expect(compare(oracle, 0, [1: shown(100)], after: 600) == [0, 0, 0, 0])
        #expect(compare(oracle, 0, [:], after: 610) == [0, 0, 0, 0])
        #expect(compare(oracle, 0, [1: shown(100)], after: 610) == [0, 1, 0, 0])
    }

    @Test func differencesAddUp() {
        var sum = ReplayOracle.Differences()
        #expect(sum.isEmpty)
        sum += .init(missing: 0, extra: 0, wrongPosition: 0, compared: 5)
        #expect(sum.isEmpty)
        sum += .init(missing: 1, extra: 2, wrongPosition: 3, compared: 4)
        #expect(!sum.isEmpty)
        #expect([sum.missing, sum.extra, sum.wrongPosition, sum.compared] == [1, 2, 3, 9])
    }
}

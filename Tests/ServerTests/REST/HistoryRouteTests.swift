import Channels
import Friends
import Geo
import HTTPTypes
import Testing

@testable import Server

@Suite struct HistoryRouteTests {
    /// Offers points of Anna at 1, 2, … `count`, as sessions do.
    private func walk(_ desk: Desk, _ count: Int) async throws {
        _ = try await desk.call(.put, "/v1/users/anna", body: #"{"name":"Anna"}"#)
        for step in 1...count {
            desk.core.writer.offer(
                .init(
                    user: UserID("anna")!, coordinate: Coordinate(latitudeE7: Int32(step), longitudeE7: -5)!,
                    ts: Int64(step), epoch: 0, sharing: true, heardAt: desk.clock.wall))
        }
    }

    @Test func aLocationThatWasSentIsThere() async throws {
        try await Desk.open { desk in
            try await self.walk(desk, 2)
            let reply = try await desk.call(.get, "/v1/users/anna/history", as: .user("anna"))
            #expect(
                reply.text == #"{"items":[{"lat":0.0000001,"lon":-0.0000005,"ts":1},"#
                    + #"{"lat":0.0000002,"lon":-0.0000005,"ts":2}],"next":null}"#)
        }
    }

    @Test func fromAndToAreIncluded() async throws {
        try await Desk.open { desk in
            try await self.walk(desk, 9)
            let reply = try await desk.call(.get, "/v1/users/anna/history?from=3&to=5")
            #expect(reply.items.map { $0["ts"] as? Int } == [3, 4, 5])
            #expect(try await desk.call(.get, "/v1/users/anna/history?from=5&to=3").items.isEmpty)
        }
    }

    @Test(arguments: [1, 10, 25, 1_000])
    func pagesAreCompleteAndWithoutDuplicates(_ limit: Int) async throws {
        try await Desk.open { desk in
            try await self.walk(desk, 50)
            var seen: [Int] = []
            var cursor = ""
            while true {
                let page = try await desk.call(
                    .get, "/v1/users/anna/history?limit=\(limit)&from=2&to=49\(cursor)")
                seen += page.items.compactMap { $0["ts"] as? Int }
                guard let next = page.next else { break }
                cursor = "&cursor=\(next)"
            }
            #expect(seen == Array(2...49))
        }
    }

    @Test func deletingForgetsWhatIsWrittenAndWhatWaits() async throws {
        try await Desk.open { desk in
            try await self.walk(desk, 3)
            _ = try await desk.call(.get, "/v1/users/anna/history")
            try await self.walk(desk, 6)
            #expect(try await desk.call(.delete, "/v1/users/anna/history", as: .user("anna")).status == 204)
            #expect(try await desk.call(.get, "/v1/users/anna/history").items.isEmpty)
        }
    }
}

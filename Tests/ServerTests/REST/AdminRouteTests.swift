import Channels
import Friends
import Geo
import HTTPTypes
import Testing

@testable import Server

@Suite struct AdminRouteTests {
    @Test func reportsComeNewestFirstAndInPages() async throws {
        try await Desk.open { desk in
            for number in 1...5 {
                let naming: Naming = number == 5 ? .sid("a-pseudonym") : .user
                try await desk.core.stores.reports.append(
                    Report(
                        reporter: UserID("anna")!, reported: UserID("r\(number)")!, naming: naming,
                        reason: "reason \(number)", at: Int64(number)))
            }
            let first = try await desk.call(.get, "/v1/admin/reports?limit=2")
            #expect(first.column("reported") == ["r5", "r4"])
            #expect(first.column("sid") == ["a-pseudonym", "-"])
            let second = try await desk.call(.get, "/v1/admin/reports?limit=2&cursor=\(first.next!)")
            #expect(second.column("reason") == ["reason 3", "reason 2"])
            let third = try await desk.call(.get, "/v1/admin/reports?limit=2&cursor=\(second.next!)")
            #expect(third.column("reporter") == ["anna"] && third.next == nil)
            #expect(try await desk.call(.get, "/v1/admin/reports?cursor=x").problem == "bad_cursor")
        }
    }

    @Test func cells() async throws {
        try await Desk.open { desk in
            let cell = try await desk.call(.get, "/v1/admin/cells/9Q8yyk")
            #expect(cell.text == #"{"geohash":"9q8yyk","members":0,"precision":6,"watchers":0}"#)
            for bad in ["a", "9q8yykv8d2h8x", "9q8%20", "9q8yya"] {
                #expect(try await desk.call(.get, "/v1/admin/cells/\(bad)").problem == "bad_parameter")
            }
        }
    }

    /// At the least number of people and one fewer, within the minute and after it, inside the cell and beside it.
    @Test func aCellsRateCountsTheLastMinute() async throws {
        try await Desk.open { desk in
            func locate(_ name: String, latitude: Double) throws {
                let user = desk.core.engine.users.index(of: try #require(UserID(name)))
                let place = try #require(Coordinate(latitude: latitude, longitude: -122.41))
                _ = desk.core.engine.users.accept(
                    user, place, timestamp: desk.clock.serverClock.wallMilliseconds(),
                    heard: desk.clock.serverClock.monotonicMilliseconds())
            }
            func rate(_ cell: String) async throws -> Double? {
                try await desk.call(.get, "/v1/admin/cells/\(cell)").json["rate"] as? Double
            }
            try locate("anna", latitude: 37.77)
            try locate("bob", latitude: 37.77)
            try locate("far", latitude: 10)
            #expect(try await rate("9q8y") == nil)
            try locate("cat", latitude: 37.77)
            #expect(try await rate("9q8y") == 3.0 / 60)
            #expect(try await rate("9q") == 3.0 / 60)
            #expect(try await rate("9q8z") == nil)
            desk.clock.advance(milliseconds: 60_001)
            #expect(try await rate("9q8y") == nil)
        }
    }

    @Test func statsCountWhatHappened() async throws {
        try await Desk.open { desk in
            _ = try await desk.call(.put, "/v1/users/anna", body: #"{"name":"Anna"}"#)
            _ = try await desk.call(.get, "/nothing")
            desk.clock.advance(milliseconds: 1_500)
            let stats = try await desk.call(.get, "/v1/admin/stats").json
            #expect(stats["uptime_s"] as? Double == 1.5)
            #expect(stats["users"] as? Int == 1)
            #expect(stats["loops"] as? Int == 1)
            let edge = stats["edge"] as? [String: Any]
            #expect(edge?["answers"] as? [String: Int] == ["201": 1, "404": 1])
            let process = stats["process"] as? [String: Any]
            #expect((process?["resident_bytes"] as? Int ?? 0) > 1_000_000)
            #expect((process?["open_files"] as? Int ?? 0) > 2)
        }
    }
}

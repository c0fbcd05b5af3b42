import Channels
import Geo
import HTTPTypes
import Testing

@testable import Server

@Suite struct CellHeatTests {
    @Test func cellsWithFewPeopleAreNotNamed() async throws {
        try await Desk.open(environment: ["NEARBY_STRANGERS_K": "2"]) { (desk: Desk) async throws in
            for (index, name) in ["a", "b", "c"].enumerated() { desk.place(name, 40.75 + Double(index) * 1e-5, -73.98) }
            desk.place("alone", 52.5, 13.4)
            let heat = try await desk.call(.get, "/v1/admin/cells?precision=5")
            #expect(heat.text == #"{"elsewhere":1,"items":[{"geohash":"dr5ru","users":3}],"precision":5,"users":4}"#)
            let finest = try await desk.call(.get, "/v1/admin/cells")
            #expect(finest.json["precision"] as? Int == 6)
            for bad in ["0", "7", "x", "-1"] {
                #expect(try await desk.call(.get, "/v1/admin/cells?precision=\(bad)").problem == "bad_parameter")
            }
        }
    }

    @Test func whoIsInactiveOrDoesNotShareIsNotCounted() async throws {
        try await Desk.open(environment: ["NEARBY_STRANGERS_K": "1"]) { (desk: Desk) async throws in
            desk.place("a", 40.75, -73.98)
            desk.place("b", 40.75, -73.98)
            let users = desk.core.engine.users
            _ = users.setSharing(users.index(of: .init("b")!), false, epoch: 5)
            #expect(try await desk.call(.get, "/v1/admin/cells").json["users"] as? Int == 1)
            desk.clock.advance(milliseconds: 600_000)
            #expect(try await desk.call(.get, "/v1/admin/cells").json["users"] as? Int == 0)
        }
    }

    @Test func theFullestComeFirstAndTheLimitHolds() {
        let counts = [Geohash("dr5ru7")!: 3, Geohash("dr5rue")!: 5, Geohash("dr5rud")!: 3, Geohash("dr5ru6")!: 1]
        let heat = CellHeat(counts, precision: 6, least: 2, limit: 2)
        #expect(heat.items.map(\.geohash) == ["dr5rue", "dr5ru7"])
        #expect(heat.users == 12 && heat.elsewhere == 4)
    }

    @Test func deliveryTimesGoIntoPowersOfTwo() {
        var times = DeliveryTimes()
        for milliseconds: Int64 in [-5, 0, 1, 2, 3, 4, 5, 8, 9, 8_192, 8_193, 10_000, 10_001] {
            times.add(milliseconds)
        }
        #expect(times.counts == [3, 1, 2, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2])
        var twice = times
        twice += times
        #expect(twice.counts == times.counts.map { $0 * 2 })
    }

    @Test func statsTellLatency() async throws {
        try await Desk.open { (desk: Desk) async throws in
            let latency = try await desk.call(.get, "/v1/admin/stats").json["latency"] as? [String: Any]
            #expect((latency?["loop_ms"] as? Double ?? -1) >= 0)
            #expect((latency?["up_to_ms"] as? [Int])?.count == 14)
            #expect((latency?["deliveries"] as? [Int])?.count == 15)
        }
    }
}

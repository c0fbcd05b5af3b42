import Geo
import Testing

@testable import Server

/// What sessions are told about staying silent. The radius is 8,046.72 m.
@Suite(.server([.strangersK: "1", .strangersTick: "50ms"])) struct QuietSessionTests {
    let server = LiveServer.current

    private func quiet(_ metres: Int) -> JSON { ["for_s": 300, "within_m": .number(Double(metres))] }

    /// Everything that comes because of what was said before.
    private func settled(_ peer: Peer) async throws -> [JSON] {
        // The first answer may come before the frame of the same pass.
        try await peer.barrier() + peer.barrier()
    }

    @Test func whoDoesNotAskIsToldNothing() async throws {
        try await server.befriend("n.anna", "n.bob")
        let bob = try await server.client("n.bob", at: Place.home.north(5_000), ["quiet": true])
        for more in [[:], ["quiet": false]] as [[String: JSON]] {
            let (anna, welcome) = try await server.join("n.anna", more)
            #expect(welcome["quiet"] == .null)
            anna.move(to: Place.home.north(4_900), ts: server.now + 1)
            #expect(try await settled(anna) == [])
            try await anna.close()
        }
        _ = bob
        let anna = try await server.connect()
        anna.say(server.hello("n.anna", ["quiet": 1]))
        #expect(try await anna.message("error")["code"] == "bad_message")
    }

    @Test func theWelcomeSaysItThenWhatChanges() async throws {
        try await server.befriend("w.anna", "w.bob")
        _ = try await server.client("w.bob", at: Place.home.north(5_000))
        let (anna, welcome) = try await server.join("w.anna", ["quiet": true])
        #expect(welcome["quiet"] == quiet(100))
        let now = server.now
        anna.move(to: Place.home.north(980), ts: now + 1)
        #expect(try await settled(anna) == [["type": "updates", "quiet": quiet(200)]])
        anna.move(to: Place.home.north(990), ts: now + 2)
        #expect(try await settled(anna) == [])
        anna.move(to: Place.home.north(3_500), ts: now + 3)
        #expect(try await settled(anna) == [["type": "updates", "quiet": quiet(0)]])
        anna.move(to: Place.home.north(-3_000), ts: now + 4)
        #expect(try await settled(anna) == [])
        anna.move(to: Place.home.north(-3_100), ts: now + 5)
        let left: JSON = [
            "type": "updates", "friends_gone": [["id": "w.bob", "reason": "out_of_range"]], "friends_total": 0,
            "quiet": quiet(300),
        ]
        #expect(try await settled(anna) == [left])
    }

    @Test func aFriendsMoveSaysItAtOnceAndWithTheFrameThatIsSentAnyway() async throws {
        try await server.befriend("f.anna", "f.bob")
        let bob = try await server.client("f.bob", at: Place.home.north(4_020))
        let (anna, welcome) = try await server.join("f.anna", ["quiet": true])
        #expect(welcome["quiet"] == quiet(200))
        let now = server.now
        bob.move(to: Place.home.north(3_000), ts: now + 1)
        let nearer = try await anna.message("updates")
        #expect(nearer["friends"].column("id") == ["f.bob"] && nearer["quiet"] == quiet(100))
        bob.move(to: Place.home.north(2_900), ts: now + 2)
        #expect(try await anna.message("updates")["quiet"] == .null)
        bob.move(to: Place.home.north(7_900), ts: now + 3)
        #expect(try await anna.message("updates")["quiet"] == quiet(0))
    }

    @Test func aFriendWhoComesSaysIt() async throws {
        try await server.befriend("e.anna", "e.bob")
        let bob = try await server.client("e.bob", at: Place.home.north(9_000))
        let (anna, welcome) = try await server.join("e.anna", ["quiet": true])
        #expect(welcome["quiet"] == quiet(300))
        bob.move(to: Place.home.north(1_000), ts: server.now + 1)
        let entered = try await anna.message("updates")
        #expect(entered["friends_total"] == 1 && entered["quiet"] == quiet(0))
    }

    @Test func aSmallerRadiusSaysItAfterItsAnswer() async throws {
        try await server.befriend("r.anna", "r.bob")
        _ = try await server.client("r.bob", at: Place.home.north(4_000))
        let (anna, _) = try await server.join("r.anna", ["quiet": true])
        anna.say(["type": "settings", "seq": 1, "radius_m": 4_100])
        #expect(try await anna.message() == ["type": "settings", "seq": 1, "radius_m": 4_100, "sharing": true])
        #expect(try await anna.message() == ["type": "updates", "quiet": quiet(0)])
    }

    /// The same user moves the same way in a world with nobody but one friend, and in one with everybody whom it must not
    /// learn of.
    @Test func itTellsNothingOfAnybodyUnseen() async throws {
        let alone = try await walk("alone")
        for hidden in ["far", "blocked", "blocking", "off"] {
            try await server.befriend("crowded.anna", "crowded.\(hidden)")
        }
        #expect(try await server.call("PUT", "/v1/users/crowded.anna/blocks/crowded.blocked").status < 300)
        #expect(try await server.call("PUT", "/v1/users/crowded.blocking/blocks/crowded.anna").status < 300)
        var peers: [Peer] = []
        for near in ["blocked", "blocking", "stranger"] {
            peers.append(try await server.client("crowded.\(near)", at: Place.home.north(150), ["strangers": true]))
        }
        let off = try await server.client("crowded.off", at: Place.home.north(50))
        #expect(try await off.ask(["type": "settings", "sharing": false])["sharing"] == false)
        // Just outside of the radius at every place of the walk: 8,047 m and more.
        peers.append(try await server.client("crowded.far", at: Place.home.north(-8_100)))
        #expect(try await walk("crowded") == alone)
        #expect(alone.map { $0["within_m"] } == [100, 200, 100, 0, 100])
    }

    /// Every `quiet` of a walk past one friend, in order.
    private func walk(_ world: String) async throws -> [JSON] {
        try await server.befriend("\(world).anna", "\(world).bob")
        let bob = try await server.client("\(world).bob", at: Place.home.north(5_000))
        let (anna, welcome) = try await server.join("\(world).anna", ["quiet": true])
        var told = [welcome["quiet"]]
        let now = server.now
        for (step, metres) in [980, 2_500, 3_500, 2_800].enumerated() {
            anna.move(to: Place.home.north(Double(metres)), ts: now + Int64(step) + 1)
            told += try await settled(anna).map { $0["quiet"] }.filter { $0 != .null }
        }
        _ = bob
        return told
    }

    /// How far it is to the border of the own blurred cell counts, however many people are in it.
    @Test func amongStrangersTheOwnCellCounts() async throws {
        let cell = Geohash(Coordinate(latitude: 52.5, longitude: 13.4)!, precision: 6)
        let middle = Place(lat: cell.center.latitude, lon: cell.center.longitude)
        let height = (cell.box.north - cell.box.south) * .pi / 180 * Earth.meanRadius
        let (anna, welcome) = try await server.join("c.anna", at: middle, ["quiet": true, "strangers": true])
        #expect(welcome["strangers"]["on"] == true && welcome["quiet"] == quiet(300))
        let now = server.now
        anna.move(to: middle.north(height / 2 - 150), ts: now + 1)
        #expect(try await settled(anna) == [["type": "updates", "quiet": quiet(100)]])
        anna.move(to: middle.north(height / 2 - 50), ts: now + 2)
        #expect(try await settled(anna) == [["type": "updates", "quiet": quiet(0)]])
        // Over the border, where the old cell is held on to.
        anna.move(to: middle.north(height / 2 + 10), ts: now + 3)
        #expect(try await settled(anna) == [])
        // Asked for later, it counts as well.
        let (bob, _) = try await server.join("c.bob", at: middle.north(height / 2 - 50), ["quiet": true])
        bob.say(["type": "strangers", "on": true, "seq": 1])
        #expect(try await bob.message("strangers")["seq"] == 1)
        #expect(try await bob.message("updates")["quiet"] == quiet(0))
    }

    @Test func theSettingTurnsItOff() async throws {
        try await LiveServer.run(LiveServer.quick.merging([.quiet: "false"]) { $1 }) { server in
            let welcome = try await server.join("anna", ["quiet": true]).welcome
            #expect(welcome["quiet"] == .null)
        }
    }

    @Test(arguments: [("2s", 1.0), ("1999ms", nil)] as [(String, Double?)])
    func itIsShorterThanTheInactivityTimeOrNotAtAll(_ inactive: String, _ seconds: Double?) async throws {
        try await LiveServer.run(LiveServer.quick.merging([.inactive: inactive]) { $1 }) { server in
            let welcome = try await server.join("anna", ["quiet": true]).welcome
            #expect(welcome["quiet"]["for_s"].double == seconds)
        }
    }
}

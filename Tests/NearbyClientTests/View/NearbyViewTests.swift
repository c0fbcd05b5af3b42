import Geo
import Testing

@testable import NearbyClient

@Suite struct NearbyViewTests {
    private func view(_ messages: String...) throws -> NearbyView {
        var view = NearbyView()
        for message in messages { view.apply(try Samples.decode(message)) }
        return view
    }

    private func friend(_ id: String, _ longitude: Double, name: String? = nil) -> String {
        let profile = name.map { #""name":"\#($0)","avatar_url":null,"# } ?? ""
        return #"{"id":"\#(id)",\#(profile)"lat":0,"lon":\#(longitude),"ts":1,"distance_m":7}"#
    }

    @Test func aWelcomeBeginsAnew() throws {
        let view = try view(Samples.updates, Samples.welcome)
        #expect(view.friends == ["ann": Samples.ann, "bob": Samples.bob])
        #expect(view.friendsTotal == 2 && view.nextCursor == "c1")
        #expect(view.radius == 8046.72 && view.isSharing)
        #expect(view.strangers.isEmpty && !view.strangersAreOn)
    }

    @Test func pagesAndUpdatesAreFoldedIn() throws {
        let view = try view(
            Samples.welcome, #"{"type":"page","items":[\#(friend("cat", 1))],"next":null}"#,
            #"{"type":"updates","friends":[\#(friend("dan", 2))],"friends_gone":[{"id":"bob","reason":"stopped"}],"friends_total":9}"#
        )
        #expect(view.friends.keys.sorted() == ["ann", "cat", "dan"])
        #expect(view.friendsTotal == 9 && view.nextCursor == nil)
    }

    @Test func profilesOutliveTheirFriendsAbsence() throws {
        let view = try view(
            #"{"type":"updates","friends":[\#(friend("ann", 1, name: "Ann"))]}"#,
            #"{"type":"updates","friends_gone":[{"id":"ann","reason":"out_of_range"}]}"#,
            #"{"type":"updates","friends":[\#(friend("ann", 2))]}"#)
        #expect(view.friends["ann"]?.profile?.name == "Ann")
        #expect(view.friends["ann"]?.fix.position == Samples.at(0, 2))
    }

    @Test func ownMovesChangeDistances() throws {
        var view = try view(#"{"type":"updates","friends":[\#(friend("a", 1)),\#(friend("b", 3)),\#(friend("c", 2))]}"#)
        #expect(view.distance(to: view.friends["a"]!) == 7)
        view.moved(to: Samples.at(0, 0))
        #expect(view.nearestFriends.map(\.id) == ["a", "c", "b"])
        view.moved(to: Samples.at(0, 3.5))
        #expect(view.nearestFriends.map(\.id) == ["b", "c", "a"])
        let distance = view.distance(to: view.friends["b"]!)
        #expect(abs(distance - Earth.meanRadius * 0.5 * .pi / 180) < 0.01)
    }

    @Test func strangersComeGoAndEnd() throws {
        var view = try view(#"{"type":"strangers",\#(Samples.strangersOn)}"#)
        #expect(view.strangersAreOn && view.strangers == ["s1": Samples.crowd])
        #expect(view.routing?.precision == 5)
        view.apply(try Samples.decode(#"{"type":"cells","precision":6,"cell":"9q8yyk","cells":["9q8yyk"]}"#))
        #expect(view.routing?.cell == Geohash("9q8yyk"))
        view.apply(try Samples.decode(#"{"type":"updates","strangers_gone":[{"sid":"s1","reason":"gone"}]}"#))
        #expect(view.strangers.isEmpty)
        view.apply(try Samples.decode(#"{"type":"strangers","on":false,"reason":"expired"}"#))
        #expect(!view.strangersAreOn && view.strangersEnd == "expired" && view.routing == nil)
    }

    @Test func settingsAreTheServers() throws {
        let view = try view(#"{"type":"settings","radius_m":500,"sharing":false}"#)
        #expect(view.radius == 500 && !view.isSharing)
    }
}

import Channels
import Foundation
import Geo
import Testing

@testable import CLI

@Suite struct DemoTextTests {
    @Test(arguments: [
        (0.0, "0 m"), (4.9, "0 m"), (5, "10 m"), (994.9, "990 m"), (995, "1.0 km"), (1_234, "1.2 km"),
        (9_949, "9.9 km"), (9_950, "10 km"), (12_499, "12 km"),
    ])
    func distances(_ metres: Double, _ text: String) {
        #expect(DemoText.distance(metres) == text)
    }

    @Test func places() {
        let here = DemoCity.coordinate(x: 0, y: 0)
        #expect(DemoText.place(of: here, from: here) == "here")
        // Uptown is between north and north-east, and nearer to the latter.
        #expect(DemoText.place(of: DemoCity.coordinate(x: 0, y: 1_200), from: here) == "1.2 km NE")
    }

    @Test func clocks() throws {
        let utc = try #require(TimeZone(secondsFromGMT: 0))
        #expect(DemoText.clock(0, utc) == "00:00:00")
        #expect(DemoText.clock(1_700_000_000_999, utc) == "22:13:20")
        #expect(DemoText.clock(1_700_000_000_999, try #require(TimeZone(secondsFromGMT: 2 * 3_600))) == "00:13:20")
    }

    @Test func strangersAreCounted() throws {
        let texts = ["dr5ru7", "dr5ru6", "dr5ru7", "dr5ru", "dr5ru"]
        let cells = try texts.map { try #require(Geohash($0)) }
        #expect(DemoText.strangers(cells).hasPrefix("2 in dr5ru, 2 in dr5ru7, 1 in dr5ru6"))
        let more = try cells + ["dr5rud", "dr5rue"].map { try #require(Geohash($0)) }
        #expect(DemoText.strangers(more) == "2 in dr5ru, 2 in dr5ru7, 1 in dr5ru6, 2 elsewhere")
        #expect(DemoText.strangers([]) == "none in reach")
    }

    @Test(arguments: [
        ("/tmp/a-b_c.d", "/tmp/a-b_c.d"), ("a b", "'a b'"), ("", "''"), ("it's", #"'it'\''s'"#), ("a$b", "'a$b'"),
        ("é", "'é'"),
    ])
    func shellWords(_ text: String, _ word: String) {
        #expect(DemoText.shellWord(text) == word)
    }

    @Test func theWelcomeSaysHowToJoin() throws {
        let welcome = DemoWelcome(
            command: ".build/release/nearby", authority: "127.0.0.1:8080", data: "/tmp/my demo", isTemporary: true,
            guest: try #require(UserID("demo-guest"))
        ).description
        #expect(welcome.contains("token=$(.build/release/nearby token demo-guest --data '/tmp/my demo')\n"))
        #expect(welcome.contains("websocat ws://127.0.0.1:8080/v1/ws\n"))
        #expect(welcome.contains("(removed at the end)"))
    }
}

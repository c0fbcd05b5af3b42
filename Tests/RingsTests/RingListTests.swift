import ChannelBus
import Rings
import Testing

@Suite struct RingListTests {
    private let one = "redis://user:geheim@10.0.0.1:1", other = "rediss://10.0.0.2:2"

    @Test func aListIsReadInItsOrderAndWrittenAsItWas() throws {
        let list = try RingList(json: #"["rediss:\/\/10.0.0.2:2", "redis://user:geheim@10.0.0.1:1"]"#.utf8)
        #expect(list.names == ["10.0.0.2:2", "10.0.0.1:1"])
        #expect(list.json == #"["rediss://10.0.0.2:2","redis://user:geheim@10.0.0.1:1"]"#)
        #expect(!"\(list) \(String(reflecting: list))".contains("geheim"))
    }

    @Test(arguments: [
        ("", RingListError.broken), ("[", .broken), ("{}", .broken), ("[1]", .broken), ("null", .broken),
        ("[]", .empty),
        (#"["redis://a:1","x"]"#, .badAddress(place: 2, .badScheme)),
        (#"["redis://a:1","redis://u:p@A:1/3"]"#, .repeated(place: 2)),
    ])
    func whatIsNoRingIsRefused(_ json: String, _ error: RingListError) {
        #expect(throws: error) { try RingList(json: json.utf8) }
    }

    @Test func standbysMayBeNone() throws {
        #expect(try RingList(json: "[]".utf8, allowsNone: true).isEmpty)
    }

    @Test func theLimitsComeInPairs() throws {
        let most = (0..<RingList.maximumCount).map { "redis://h:\($0 + 1)" }
        #expect(try RingList(most).names.count == RingList.maximumCount)
        #expect(throws: RingListError.tooMany) { try RingList(most + ["redis://i"]) }
        let padding = #"["redis://h:1""#
        let longest = padding + String(repeating: " ", count: RingList.maximumBytes - padding.utf8.count - 1) + "]"
        #expect(try RingList(json: longest.utf8).names == ["h:1"])
        #expect(throws: RingListError.tooLong) { try RingList(json: (longest + " ").utf8) }
    }

    @Test func aServerThatSentinelsNameGoesByTheMastersName() throws {
        let sentinels = "redis+sentinel://user:geheim@10.0.0.3,10.0.0.4/Places"
        let list = try RingList([one]).adding(sentinels)
        #expect(list.names == ["10.0.0.1:1", "Places"] && list.texts == [one, sentinels])
        #expect(list.completing(["Places", list.urls[1].address]) == [sentinels, sentinels])
        #expect(try list.removing("Places").texts == [one])
        #expect(throws: RingListError.unknown) { try list.removing("places") }
        #expect(throws: RingListError.known) { try list.adding("redis+sentinel://10.0.0.5/Places") }
    }

    @Test func serversComeGoAndTakeTheirPlaces() throws {
        let list = try RingList([one, other])
        #expect(try list.adding("redis://10.0.0.3:3").names == ["10.0.0.1:1", "10.0.0.2:2", "10.0.0.3:3"])
        #expect(throws: RingListError.known) { try list.adding("redis://10.0.0.1:1/5") }
        #expect(try list.removing("10.0.0.1:1").texts == [other])
        #expect(try list.removing("redis://10.0.0.2:2").texts == [one])
        #expect(throws: RingListError.unknown) { try list.removing("10.0.0.9:1") }
        #expect(throws: RingListError.last) { try list.removing("10.0.0.1:1").removing("10.0.0.2:2") }
        #expect(try list.removing("10.0.0.1:1").removing("10.0.0.2:2", allowsNone: true).isEmpty)
        #expect(try list.replacing("10.0.0.1:1", by: "redis://n").texts == ["redis://n", other])
        #expect(throws: RingListError.known) { try list.replacing("10.0.0.1:1", by: "redis://10.0.0.2:2") }
        #expect(throws: RingListError.unknown) { try list.replacing("10.0.0.9:1", by: "redis://n") }
    }

    @Test func whoSeesNoPasswordsNamesTheServersAsTheyAre() throws {
        let list = try RingList([one, other])
        let given = [
            "10.0.0.2:2", "10.0.0.1:1", "redis://10.0.0.1:1", "redis://u:p@10.0.0.1:1", "rediss://10.0.0.1:1", "x:1",
        ]
        #expect(list.completing(given) == [other, one, one, given[3], given[4], "x:1"])
    }
}

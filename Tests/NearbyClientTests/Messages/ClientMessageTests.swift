import Foundation
import Geo
import Testing
import WebSocket

@testable import NearbyClient

@Suite struct ClientMessageTests {
    private let fix = Fix(position: Samples.at(40.7127281, -0.0000001), timestamp: 1_700_000_000_000)

    private func json(_ message: ClientMessage, seq: Int64? = nil) -> String {
        let frame = FrameBuffer()
        message.encode(into: frame, seq: seq)
        return String(decoding: frame.payload, as: UTF8.self)
    }

    @Test func hello() {
        let short = ClientMessage.Hello(token: "t.o.k", fix: fix)
        #expect(
            json(.hello(short), seq: 1)
                == #"{"type":"hello","seq":1,"token":"t.o.k","lat":40.7127281,"lon":-0.0000001,"ts":1700000000000}"#)
        let long = ClientMessage.Hello(
            token: "t", fix: fix, radius: Radius(metres: 500), strangers: .init(isOn: true, precision: 6))
        #expect(
            json(.hello(.init(token: "t", fix: fix, quiet: true))).hasSuffix(#","ts":1700000000000,"quiet":true}"#))
        #expect(json(.hello(long)).hasSuffix(#","radius_m":500.0,"strangers":{"on":true,"precision":6}}"#))
    }

    @Test func theOthers() {
        #expect(json(.location(fix)) == #"{"type":"location","lat":40.7127281,"lon":-0.0000001,"ts":1700000000000}"#)
        #expect(json(.more(cursor: "c"), seq: -2) == #"{"type":"more","seq":-2,"cursor":"c"}"#)
        #expect(json(.subscribe(friend: "ann")) == #"{"type":"subscribe","friend":"ann"}"#)
        #expect(json(.unsubscribe(friend: "ann")) == #"{"type":"unsubscribe","friend":"ann"}"#)
        #expect(json(.strangers(.init(isOn: false))) == #"{"type":"strangers","on":false}"#)
        #expect(json(.settings(radius: nil, sharing: false)) == #"{"type":"settings","sharing":false}"#)
        #expect(
            json(.settings(radius: Radius(metres: 8046.72), sharing: nil)) == #"{"type":"settings","radius_m":8046.72}"#
        )
        #expect(json(.settings(radius: nil, sharing: nil), seq: 5) == #"{"type":"settings","seq":5}"#)
        #expect(json(.refresh(token: "t")) == #"{"type":"refresh","token":"t"}"#)
        #expect(json(.block(.user("ann"))) == #"{"type":"block","user":"ann"}"#)
        #expect(json(.report(.stranger(sid: "s"), reason: "rude")) == #"{"type":"report","sid":"s","reason":"rude"}"#)
    }

    @Test func textsAreEscaped() throws {
        let reason = String(String.UnicodeScalarView((0..<128).map { Unicode.Scalar($0)! })) + "Ä😀"
        let text = json(.report(.user("a"), reason: reason))
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: String]
        #expect(object == ["type": "report", "user": "a", "reason": reason])
    }

    @Test func everyPositionIsWrittenExactly() throws {
        var random = SeededGenerator(seed: 9)
        for _ in 0..<500 {
            let position = Coordinate(
                latitudeE7: .random(in: -900_000_000...900_000_000, using: &random),
                longitudeE7: .random(in: -1_800_000_000...1_800_000_000, using: &random))!
            let text = json(.location(Fix(position: position, timestamp: 0)))
            let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
            let back = Coordinate(latitude: object?["lat"] as! Double, longitude: object?["lon"] as! Double)
            #expect(back == position)
        }
    }
}

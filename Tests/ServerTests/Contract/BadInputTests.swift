import Testing

@testable import Server

/// What a server must survive, and how it says so.
@Suite(.server()) struct BadInputTests {
    let server = LiveServer.current

    private static let broken: [String] = [
        "", " ", "{", "[]", "null", "7", #""hello""#, "{}", #"{"type":1}"#, #"{"type":"nonsense"}"#,
        #"{"type":"location"}"#, #"{"type":"location","lat":1,"lon":2}"#,
        #"{"type":"location","lat":"1","lon":2,"ts":3}"#, #"{"type":"location","lat":1,"lon":2,"ts":1.5}"#,
        #"{"type":"location","lat":NaN,"lon":2,"ts":3}"#, #"{"type":"location","lat":1,"lon":2,"ts":"3"}"#,
        #"{"type":"settings","sharing":1}"#, #"{"type":"settings","radius_m":"5"}"#,
        #"{"type":"subscribe"}"#, #"{"type":"subscribe","friend":"a b"}"#, #"{"type":"subscribe","friend":""}"#,
        #"{"type":"more"}"#, #"{"type":"strangers"}"#, #"{"type":"strangers","on":"yes"}"#,
        #"{"type":"refresh","token":5}"#, #"{"type":"settings"}}"#, #"{"type":"settings",}"#,
        #"{"type":"settings","seq":"1"}"#, #"{"type":"settings","type":"settings"}"#,
    ]

    @Test func whatCannotBeReadIsABadMessage() async throws {
        let peer = try await server.client("b.anna")
        for text in Self.broken {
            peer.send(text: text)
            #expect(try await peer.message("error")["code"] == "bad_message", "\(text)")
            #expect(try await peer.ask(["type": "settings"]).type == "settings")
        }
    }

    @Test func errorsHaveExactlyTheirMembers() async throws {
        let peer = try await server.client("e.anna")
        peer.say(["type": "more", "cursor": "x", "seq": 11])
        let error = try await peer.message("error")
        #expect(error.keys == ["type", "seq", "code", "message"])
        #expect(error["seq"] == 11)
        peer.say(["type": "no such type", "seq": 12])
        #expect(try await peer.message("error")["seq"] == 12)
        peer.say(["type": "settings", "sharing": "maybe", "seq": -9_007_199_254_740_991])
        #expect(try await peer.message("error")["seq"] == -9_007_199_254_740_991)
        peer.send(text: "{")
        #expect(try await peer.message("error").keys == ["type", "code", "message"])
    }

    @Test func tenInARowEndIn1008() async throws {
        let peer = try await server.client("t.anna")
        for _ in 1...10 { peer.send(text: "{") }
        for _ in 1...10 { #expect(try await peer.message("error")["code"] == "bad_message") }
        #expect(try await peer.closing() == 1008)
    }

    @Test func nineAndAGoodOneDoNot() async throws {
        let peer = try await server.client("n.anna")
        let ts = server.now
        for round in 1...3 {
            for _ in 1...9 {
                peer.send(text: "{")
                #expect(try await peer.message("error")["code"] == "bad_message")
            }
            if round.isMultiple(of: 2) {
                #expect(try await peer.ask(["type": "settings"]).type == "settings")
            } else {
                peer.move(to: .home, ts: ts + Int64(round))
            }
        }
        #expect(try await peer.barrier() == [])
    }

    @Test func tenBeforeHelloEndIn1008() async throws {
        let peer = try await server.connect()
        for _ in 1...10 { peer.say(["type": "location", "lat": 1, "lon": 2, "ts": 3]) }
        for _ in 1...10 { #expect(try await peer.message("error")["code"] == "bad_message") }
        #expect(try await peer.closing() == 1008)
    }

    // MARK: Frames

    @Test func binaryEndsIn1003() async throws {
        let peer = try await server.client("f.anna")
        peer.send(Frame(kind: .binary, payload: Array(#"{"type":"settings"}"#.utf8)))
        #expect(try await peer.closing() == 1003)
    }

    @Test func invalidUTF8EndsIn1007() async throws {
        let broken: [[UInt8]] = [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x7B, 0xE2, 0x82],
        ]
        for payload in broken {
            let peer = try await server.client("u.anna")
            peer.send(Frame(kind: .text, payload: payload))
            #expect(try await peer.closing() == 1007, "\(payload)")
        }
    }

    @Test func sixteenKiBAreTakenAndOneByteMoreIsNot() async throws {
        let peer = try await server.client("l.anna")
        let bare = #"{"type":"settings","seq":1,"pad":""}"#
        func message(_ count: Int) -> String {
            bare.dropLast(2) + String(repeating: "x", count: count - bare.utf8.count) + "\"}"
        }
        peer.send(text: message(16_384))
        #expect(try await peer.message("settings")["seq"] == 1)
        peer.send(text: message(16_385))
        #expect(try await peer.closing() == 1009)
    }

    @Test func fragmentsOfMoreThan16KiBEndIn1009() async throws {
        let peer = try await server.client("g.anna")
        peer.send(Frame(kind: .text, payload: Array(repeating: 0x20, count: 10_000), isLast: false))
        peer.send(Frame(kind: .continuation, payload: Array(repeating: 0x20, count: 6_385)))
        #expect(try await peer.closing() == 1009)
    }

    @Test func aMessageInFragmentsIsOneMessage() async throws {
        let peer = try await server.client("h.anna")
        let bytes = Array(#"{"type":"settings","seq":5}"#.utf8)
        peer.send(Frame(kind: .text, payload: Array(bytes[..<9]), isLast: false))
        peer.send(Frame(kind: .ping, payload: [1, 2, 3]))
        peer.send(Frame(kind: .continuation, payload: [], isLast: false))
        peer.send(Frame(kind: .continuation, payload: Array(bytes[9...])))
        #expect(try await peer.hear() == .pong([1, 2, 3]))
        #expect(try await peer.message("settings")["seq"] == 5)
    }

    @Test func protocolErrorsEndIn1002() async throws {
        let broken: [[UInt8]] = [
            Frame(kind: .text, payload: [0x7B], isMasked: false).bytes,
            [0x83, 0x80, 0, 0, 0, 0],  // a reserved opcode
            [0xC1, 0x80, 0, 0, 0, 0],  // a reserved bit
            Frame(kind: .continuation, payload: []).bytes,
            Frame(kind: .ping, payload: [], isLast: false).bytes,
            Frame(kind: .ping, payload: Array(repeating: 0, count: 126)).bytes,
            Frame(kind: .close, payload: [3]).bytes,
            Frame.close(1005).bytes,
        ]
        for bytes in broken {
            let peer = try await server.client("p.anna")
            peer.send(bytes: bytes)
            #expect(try await peer.closing() == 1002, "\(bytes.prefix(8))")
        }
    }

    @Test func theClientsCloseCodeIsAnswered() async throws {
        for code in [1000, 1001, 3000, 4999] {
            let peer = try await server.client("c.anna")
            peer.send(.close(code))
            #expect(try await peer.closing() == code)
        }
    }
}

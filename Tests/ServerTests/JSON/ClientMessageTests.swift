import Channels
import Geo
import Testing

@testable import Server

@Suite struct ClientMessageTests {
    private func read(_ json: String) -> ClientMessage.Reading {
        Array(json.utf8).withUnsafeBytes { ClientMessage.parse($0) }
    }

    private func message(_ json: String) throws -> ClientMessage {
        try read(json).outcome.get()
    }

    private func code(_ json: String) -> ErrorCode? {
        if case .failure(let rejection) = read(json).outcome { rejection.code } else { nil }
    }

    private func fix(_ lat: Double, _ lon: Double, _ ts: Int64) throws -> ClientMessage.Fix {
        .init(coordinate: try #require(Coordinate(latitude: lat, longitude: lon)), ts: ts)
    }

    // MARK: Every type

    @Test func location() throws {
        let expected = ClientMessage.location(try fix(40.7128, -74.006, 1_700_000_000_123))
        for json in [
            #"{"type":"location","lat":40.7128,"lon":-74.006,"ts":1700000000123}"#,
            #" { "ts" : 1.700000000123e12 , "lon" : -74.0060, "lat":407128e-4, "type" : "location" } "#,
            #"{"type":"location","lat":40.7128,"lon":-74.006,"ts":1700000000123,"accuracy_m":12.5,"x":[{"lat":1}]}"#,
            #"{"typ\u0065":"loc\u0061tion","lat":40.7128,"lon":-74.006,"ts":1700000000123.0,"token":5}"#,
        ] {
            #expect(try message(json) == expected, "\(json)")
        }
    }

    @Test func hello() throws {
        let start = #"{"type":"hello","token":"t","lat":1,"lon":2,"ts":3"#
        func hello(_ rest: String) throws -> ClientMessage.Hello? {
            if case .hello(let hello) = try message(start + rest + "}") { hello } else { nil }
        }
        let plain = try #require(try hello(""))
        #expect(plain == .init(token: "t", fix: try fix(1, 2, 3), radius: nil, strangers: nil, quiet: false))
        #expect(try hello(#","quiet":true"#)?.quiet == true)
        #expect(try hello(#","qu\u0069et":false"#)?.quiet == false)
        #expect(code(start + #","quiet":"yes"}"#) == .badMessage)
        #expect(try hello(#","radius_m":100000"#)?.radius == Radius(metres: 100_000))
        let on = ClientMessage.StrangersRequest(on: true, radius: nil, precision: nil)
        #expect(try hello(#","strangers":true"#)?.strangers == on)
        #expect(try hello(#","strangers":{}"#)?.strangers == on)
        #expect(try hello(#","strangers":false"#)?.strangers?.on == false)
        #expect(try hello(#","strangers":{"on":false}"#)?.strangers?.on == false)
        #expect(
            try hello(#","strangers":{"on":true,"radius_m":500,"precision":6,"seq":"ignored"}"#)?.strangers
                == .init(on: true, radius: Radius(metres: 500), precision: 6))
    }

    @Test func theOthers() throws {
        let ann = try #require(UserID("ann"))
        let cases: [(String, ClientMessage)] = [
            (#"{"type":"more","cursor":"c"}"#, .more(cursor: "c")),
            (#"{"type":"subscribe","friend":"ann"}"#, .subscribe(ann)),
            (#"{"type":"unsubscribe","friend":"\u0061nn"}"#, .unsubscribe(ann)),
            (#"{"type":"strangers","on":false}"#, .strangers(.init(on: false, radius: nil, precision: nil))),
            (
                #"{"type":"strangers","on":true,"radius_m":1,"precision":5}"#,
                .strangers(.init(on: true, radius: Radius(metres: 1), precision: 5))
            ),
            (#"{"type":"settings"}"#, .settings(radius: nil, sharing: nil)),
            (#"{"type":"settings","sharing":false}"#, .settings(radius: nil, sharing: false)),
            (#"{"type":"settings","radius_m":7.5}"#, .settings(radius: Radius(metres: 7.5), sharing: nil)),
            (#"{"type":"refresh","token":"a.b.c"}"#, .refresh(token: "a.b.c")),
            (#"{"type":"block","user":"ann"}"#, .block(.user(ann))),
            (#"{"type":"block","sid":"s1"}"#, .block(.sid("s1"))),
            (#"{"type":"report","user":"ann","reason":"é\n"}"#, .report(.user(ann), reason: "é\n")),
            (#"{"type":"report","sid":"s1","reason":""}"#, .report(.sid("s1"), reason: "")),
        ]
        for (json, expected) in cases {
            #expect(try message(json) == expected, "\(json)")
        }
    }

    @Test func precisionsAreClampedToGeohashes() throws {
        for (written, read) in [("-5", 1), ("0", 1), ("1", 1), ("12", 12), ("13", 12), ("9e18", 12)] {
            let json = #"{"type":"strangers","on":true,"precision":\#(written)}"#
            #expect(try message(json) == .strangers(.init(on: true, radius: nil, precision: read)))
        }
    }

    // MARK: seq

    @Test func seqComesBackWhateverElseIsWrong() {
        #expect(read(#"{"type":"settings","seq":5}"#).seq == 5)
        #expect(read(#"{"type":"settings","seq":-9223372036854775808}"#).seq == .min)
        #expect(read(#"{"type":"settings"}"#).seq == nil)
        #expect(read(#"{"type":"nonsense","seq":5}"#).seq == 5)
        #expect(read(#"{"type":"location","lat":91,"lon":0,"ts":1,"seq":6}"#).seq == 6)
        #expect(read(#"{"seq":7,"type":"location","lat":"#).seq == 7)
        #expect(read(#"{"lat":,"seq":7}"#).seq == nil)
    }

    @Test(arguments: ["\"5\"", "null", "true", "1.5", "[]", "{}", "9223372036854775808"])
    func aMistypedSeqIsABadMessage(_ seq: String) {
        let reading = read(#"{"type":"settings","seq":\#(seq)}"#)
        #expect(reading.seq == nil)
        #expect(throws: ClientMessage.Rejection.self) { try reading.outcome.get() }
    }

    // MARK: Bad input

    @Test(arguments: [
        ("90", nil), ("-90", nil), ("90.1", ErrorCode.badLocation), ("91", .badLocation), ("-91", .badLocation),
        ("1e308", .badLocation), ("1e400", .badLocation), ("-1e400", .badLocation),
        (String(repeating: "4", count: 40), .badLocation), ("0." + String(repeating: "4", count: 40), nil),
        ("-0", nil), ("\"12\"", .badMessage), ("null", .badMessage), ("true", .badMessage), ("[1]", .badMessage),
        ("{}", .badMessage), ("NaN", .badMessage), ("Infinity", .badMessage), ("-Infinity", .badMessage),
        ("", .badMessage), ("0x1", .badMessage), ("1.", .badMessage), ("1,2", .badMessage),
    ])
    func latitudes(_ text: String, _ expected: ErrorCode?) {
        #expect(code(#"{"type":"location","lat":\#(text),"lon":0,"ts":1}"#) == expected)
        #expect(code(#"{"type":"hello","token":"t","lat":\#(text),"lon":0,"ts":1}"#) == expected)
    }

    @Test(arguments: [
        ("180", nil), ("-180", nil), ("180.1", ErrorCode.badLocation), ("181", .badLocation), ("-181", .badLocation),
        ("null", .badMessage),
    ])
    func longitudes(_ text: String, _ expected: ErrorCode?) {
        #expect(code(#"{"type":"location","lat":0,"lon":\#(text),"ts":1}"#) == expected)
    }

    @Test(arguments: [
        ("0", nil), ("-1", nil), ("1e3", nil), ("9223372036854775807", nil),
        ("9223372036854775808", ErrorCode.badMessage), ("1.5", .badMessage), ("\"1\"", .badMessage),
        ("null", .badMessage), ("1e30", .badMessage),
    ])
    func times(_ text: String, _ expected: ErrorCode?) {
        #expect(code(#"{"type":"location","lat":0,"lon":0,"ts":\#(text)}"#) == expected)
    }

    @Test(arguments: [
        ("100000", nil), ("100000.01", ErrorCode.badRadius), ("0.001", nil), ("0", .badRadius), ("-1", .badRadius),
        ("1e999", .badRadius), ("\"5mi\"", .badMessage), ("null", .badMessage),
    ])
    func radii(_ text: String, _ expected: ErrorCode?) {
        #expect(code(#"{"type":"settings","radius_m":\#(text)}"#) == expected)
        #expect(code(#"{"type":"strangers","on":true,"radius_m":\#(text)}"#) == expected)
        #expect(code(#"{"type":"hello","token":"t","lat":0,"lon":0,"ts":1,"radius_m":\#(text)}"#) == expected)
        #expect(
            code(#"{"type":"hello","token":"t","lat":0,"lon":0,"ts":1,"strangers":{"radius_m":\#(text)}}"#)
                == expected)
    }

    @Test(arguments: [
        "", "null", "[]", "1", "\"location\"", "{}", "{", #"{"type":null}"#, #"{"type":5}"#, #"{"type":""}"#,
        #"{"type":"Location"}"#, #"{"type":"locations"}"#, #"{"lat":0,"lon":0,"ts":1}"#,
        #"{"type":"location"}"#, #"{"type":"location","lat":0,"lon":0}"#, #"{"type":"location","lat":0,"ts":1}"#,
        #"{"type":"location","lon":0,"ts":1}"#, #"{"type":"location","lat":0,"lon":0,"ts":1,"lat":0}"#,
        #"{"type":"location","lat":0,"lon":0,"ts":1,"l\u0061t":0}"#,
        #"{"type":"location","lat":0,"lon":0,"ts":1,"x":1,"x":1}"#,
        #"{"type":"location","lat":0,"lon":0,"ts":1,"accuracy_m":"5"}"#,
        #"{"type":"location","lat":0,"lon":0,"ts":1} x"#, #"{"type":"location","lat":0,"lon":0,"ts":1}{}"#,
        #"{"type":"location","lat":0,"lon":0,"ts":1,"x":[[[[[[[[]]]]]]]]}"#,
        #"{"type":"more"}"#, #"{"type":"more","cursor":5}"#, #"{"type":"more","cursor":null}"#,
        #"{"type":"subscribe"}"#, #"{"type":"subscribe","friend":""}"#, #"{"type":"subscribe","friend":"a b"}"#,
        #"{"type":"subscribe","friend":"a*"}"#, #"{"type":"unsubscribe","friend":7}"#,
        #"{"type":"strangers"}"#, #"{"type":"strangers","on":1}"#, #"{"type":"strangers","on":"true"}"#,
        #"{"type":"strangers","on":true,"precision":5.5}"#, #"{"type":"strangers","on":true,"precision":"5"}"#,
        #"{"type":"settings","sharing":0}"#, #"{"type":"refresh"}"#, #"{"type":"refresh","token":5}"#,
        #"{"type":"block"}"#, #"{"type":"block","user":"ann","sid":"s"}"#, #"{"type":"block","user":"a/b"}"#,
        #"{"type":"block","sid":5}"#, #"{"type":"report","user":"ann"}"#, #"{"type":"report","reason":"x"}"#,
        #"{"type":"report","sid":"s","reason":5}"#,
        #"{"type":"hello","token":"t","lat":0,"lon":0,"ts":1,"strangers":1}"#,
        #"{"type":"hello","token":"t","lat":0,"lon":0,"ts":1,"strangers":null}"#,
        #"{"type":"hello","token":"t","lat":0,"lon":0,"ts":1,"strangers":{"on":1}}"#,
        #"{"type":"hello","token":"t","ts":1}"#,
    ])
    func badMessages(_ json: String) {
        #expect(code(json) == .badMessage)
    }

    @Test(arguments: ["", #""token":null,"#, #""token":5,"#, #""token":{},"#])
    func aHelloWithoutATokenIsABadToken(_ token: String) {
        #expect(code(#"{"type":"hello",\#(token)"lat":0,"lon":0,"ts":1}"#) == .badToken)
        #expect(code(#"{"type":"hello",\#(token)"lat":999}"#) == .badToken)
    }

    @Test func idsHaveALimit() {
        func subscribe(_ length: Int) -> String {
            #"{"type":"subscribe","friend":"\#(String(repeating: "a", count: length))"}"#
        }
        #expect(code(subscribe(UserID.maximumLength)) == nil)
        #expect(code(subscribe(UserID.maximumLength + 1)) == .badMessage)
    }

    @Test func errorsNeverRepeatTheInput() {
        let canary = "cAnArY4711"
        for json in [
            #"{"type":"\#(canary)"}"#, #"{"\#(canary)""#, #"{"type":"subscribe","friend":"\#(canary) "}"#,
            #"{"type":"location","lat":"\#(canary)","lon":0,"ts":1}"#,
        ] {
            guard case .failure(let rejection) = read(json).outcome else {
                Issue.record("accepted: \(json)")
                continue
            }
            #expect(!rejection.description.contains(canary))
        }
    }

    @Test func everyFieldIsFoundByItsName() {
        for field in MessageField.allCases {
            let name = "\(field.name)"
            for other in [name, name + "x", String(name.dropLast()), name.uppercased()] {
                Array(other.utf8).withUnsafeBytes { raw in
                    let found = MessageField(JSONText(raw: raw, hasEscapes: false))
                    #expect((found == field) == (other == name))
                }
            }
            #expect("\(field.expectation)".contains("`\(name)`"))
        }
    }
}

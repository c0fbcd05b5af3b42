import Geo
import Testing

@testable import NearbyClient

@Suite struct ServerMessageTests {
    @Test func welcome() throws {
        guard case .welcome(let welcome, let seq) = try Samples.decode(Samples.welcome) else {
            Issue.record("not a welcome")
            return
        }
        #expect(seq == 7)
        #expect(welcome.user == "me" && welcome.session == "x1" && welcome.protocolVersion == 1)
        #expect(welcome.sharing && welcome.radius == 8046.72)
        #expect(welcome.staleAfter == 60 && welcome.updateEvery == 30.5)
        #expect(welcome.friendsTotal == 2)
        #expect(welcome.friends == FriendsPage(items: [Samples.ann, Samples.bob], next: "c1"))
        #expect(welcome.strangers == .off(reason: nil))
    }

    @Test func updates() throws {
        var updates = ServerMessage.Updates()
        updates.friends = [Samples.bob]
        updates.friendsGone = [FriendGone(id: "cat", reason: .inactive)]
        updates.friendsTotal = 3
        updates.strangers = [Samples.crowd]
        updates.strangersGone = ["s0"]
        #expect(try Samples.decode(Samples.updates) == .updates(updates))
        #expect(try Samples.decode(#"{"type":"updates"}"#) == .updates(.init()))
    }

    @Test func anyMessageMaySayHowLongToStaySilent() throws {
        for text in [
            #"{"type":"updates","quiet":{"for_s":300,"within_m":100}}"#,
            #"{"type":"later","quiet":{"within_m":100,"x":[],"for_s":300},"y":1}"#,
            #"{"type":"ok","seq":1,"quiet":{"for_s":300,"within_m":100}}"#,
        ] {
            var quiet: Quiet?
            _ = try Array(text.utf8).withUnsafeBytes { try ServerMessage(json: $0, quiet: &quiet) }
            #expect(quiet?.duration == 300 && quiet?.within == 100)
        }
        var quiet: Quiet? = nil
        _ = try Array(#"{"type":"updates","quiet":null}"#.utf8).withUnsafeBytes {
            try ServerMessage(json: $0, quiet: &quiet)
        }
        #expect(quiet == nil)
    }

    @Test func strangers() throws {
        let cell = Geohash("9q8yy")!
        let details = StrangersStatus.Details(
            radius: 2000, routing: RoutingCells(precision: 5, cell: cell, cells: [cell, Geohash("9q8yz")!]),
            expiresAt: 1_700_003_600_000, isTooFew: false, items: [Samples.crowd])
        #expect(
            try Samples.decode(#"{"type":"strangers","seq":4,\#(Samples.strangersOn)}"#)
                == .strangers(.on(details), seq: 4))
        #expect(
            try Samples.decode(#"{"type":"strangers","on":false,"reason":"suspended"}"#)
                == .strangers(.off(reason: "suspended"), seq: nil))
    }

    @Test func theShortOnes() throws {
        let position = Fix(position: Samples.at(1, 2), timestamp: 3)
        let refusal = ServerMessage.Refusal(code: .rateLimited, message: "slow down", retryAfterMilliseconds: 250)
        let expected: [ServerMessage] = [
            .page(FriendsPage(items: [Samples.ann], next: nil), seq: 1),
            .subscribed(friend: "ann", location: position, seq: nil),
            .subscribed(friend: "ann", location: nil, seq: 2),
            .settings(radius: 500, sharing: false, seq: 3),
            .reconnect(afterMilliseconds: 1500, reason: "drain"),
            .ok(seq: 9), .ok(seq: nil), .error(refusal, seq: 10), .unknown(type: "brand_new"),
        ]
        let decoded = try Samples.all.map(Samples.decode)
        for message in expected { #expect(decoded.contains(message)) }
    }

    @Test func theOrderOfMembersAndUnknownOnesDoNotMatter() throws {
        let json = #" { "future" : {"a":[1,2]} , "reason":"drain", "after_ms" : 1500 , "type" : "reconnect" } "#
        #expect(try Samples.decode(json) == .reconnect(afterMilliseconds: 1500, reason: "drain"))
    }

    @Test(arguments: [
        "", "{}", "[]", "null", #"{"type":1}"#, #"{"type":"ok"}x"#, #"{"type":"ok",}"#,
        #"{"type":"settings","radius_m":1}"#,
        #"{"type":"settings","radius_m":"1","sharing":true}"#,
        #"{"type":"cells","precision":5,"cell":"ail","cells":[]}"#,
        #"{"type":"updates","friends":[{"id":"a","lat":91,"lon":0,"ts":1,"distance_m":1}]}"#,
        #"{"type":"updates","friends":{}}"#, #"{"type":"updates","friends":[{"id":"a"}]}"#,
    ])
    func whatIsNoMessage(json: String) {
        #expect(throws: JSONError.self) { try Samples.decode(json) }
    }

    /// Whatever arrives is decoded or refused; nothing stops the program.
    @Test(arguments: Samples.all)
    func brokenMessages(json: String) {
        let bytes = Array(json.utf8)
        for count in 0..<bytes.count {
            #expect(throws: JSONError.self) {
                try bytes.prefix(count).withUnsafeBytes { part in try ServerMessage(json: part) }
            }
        }
        var random = SeededGenerator(seed: UInt64(bytes.count))
        for _ in 0..<2000 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                changed[Int.random(in: 0..<changed.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            _ = try? changed.withUnsafeBytes { bytes in try ServerMessage(json: bytes) }
        }
    }
}

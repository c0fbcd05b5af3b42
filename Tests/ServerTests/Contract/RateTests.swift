import Testing

@testable import Server

/// The rates of one session, as they are unless set, and the time for a hello.
@Suite(.server([.messageRate: "5", .messageBurst: "20", .helloTimeout: "500ms"])) struct RateTests {
    let server = LiveServer.current

    @Test func locationsTooFastAreConflatedAndTheNewestWins() async throws {
        try await server.befriend("c.anna", "c.bob")
        let anna = try await server.client("c.anna")
        let bob = try await server.client("c.bob")
        #expect(try await anna.message("updates")["friends"].column("id") == ["c.bob"])
        let now = server.now
        for number in 1...500 { bob.move(to: Place.home.north(Double(number)), ts: now + Int64(number)) }
        var times: [Double] = []
        while times.last != Double(now + 500) {
            let friend = try await anna.message("updates")["friends"][0]
            times.append(try #require(friend["ts"].double))
        }
        #expect(times == times.sorted())
        #expect(times.count < 40)
        #expect(try await bob.ask(["type": "settings"]).type == "settings")
    }

    @Test func aHeldLocationIsTakenBeforeTheNextQuestion() async throws {
        try await server.befriend("h.anna", "h.bob")
        let anna = try await server.client("h.anna")
        let bob = try await server.client("h.bob", at: Place.home.north(9_000))
        #expect(try await anna.barrier() == [])
        let now = server.now
        for number in 1...30 { bob.move(to: Place.home.north(9_000), ts: now + Int64(number)) }
        bob.move(to: Place.home.north(10), ts: now + 100)
        #expect(try await bob.ask(["type": "settings"]).type == "settings")
        #expect(try await anna.message("updates")["friends"][0]["ts"] == .number(now + 100))
    }

    @Test func aHeldLocationIsTakenWhenTheConnectionEnds() async throws {
        try await server.befriend("e.anna", "e.bob")
        let anna = try await server.client("e.anna")
        let bob = try await server.client("e.bob", at: Place.home.north(9_000))
        let now = server.now
        for number in 1...30 { bob.move(to: Place.home.north(9_000), ts: now + Int64(number)) }
        bob.move(to: Place.home.north(10), ts: now + 100)
        try await bob.close()
        #expect(try await anna.message("updates")["friends"][0]["ts"] == .number(now + 100))
    }

    @Test func otherMessagesTooFastAreRefusedAndAtLastEndIn4006() async throws {
        let peer = try await server.client("o.anna")
        for number in 1...60 { peer.say(["type": "settings", "seq": .number(Int64(number))]) }
        var answered = 0
        var refused = 0
        loop: while true {
            switch try await peer.hear() {
            case .text(let text):
                let message = try JSON(text: text)
                if message.type == "settings" {
                    answered += 1
                } else {
                    refused += 1
                    #expect(message["code"] == "rate_limited")
                    #expect(message["seq"].double != nil)
                    let wait = try #require(message["retry_after_ms"].double)
                    #expect((1...1_000).contains(wait))
                }
            case .closed(let code, _):
                #expect(code == 4006)
                break loop
            case let other: Issue.record("\(other)")
            }
        }
        // `hello` was one of the twenty.
        #expect((19...40).contains(answered))
        #expect(refused == 10)
    }

    /// 20 are taken, one is held, and 1,000 replace it without a word.
    @Test func aFloodOfLocationsEndsIn4006() async throws {
        let now = server.now
        let patient = try await server.client("p.anna")
        for number in 1...1_019 { patient.move(to: .home, ts: now + Int64(number)) }
        #expect(try await patient.barrier() == [])
        let hasty = try await server.client("f.anna")
        for number in 1...1_200 { hasty.move(to: .home, ts: now + Int64(number)) }
        for _ in 0..<10 {
            let message = try await hasty.message()
            #expect(message["code"] == "rate_limited")
            #expect((1...1_000).contains(try #require(message["retry_after_ms"].double)))
        }
        #expect(try await hasty.closing() == 4006)
    }

    @Test func noHelloInTimeEndsIn4502() async throws {
        let silent = try await server.connect()
        let talking = try await server.connect()
        talking.say(["type": "settings"])
        #expect(try await silent.closing() == 4502)
        #expect(try await talking.closing() == 4502)
    }
}

import NIOCore
import NIOEmbedded
import Testing

@testable import ChannelBus

@Suite("A connection that comes back, in virtual time")
struct RedisLinkTests {
    private static let url = "redis://worker:secret@127.0.0.1:7000/2"

    @Test("Credentials, name, database and clock are asked in one write; open after the last answer")
    func handshake() throws {
        let stage = try LinkStage(url: Self.url)
        stage.link.start()
        let asked = try stage.sent()
        #expect(asked.contains("$5\r\nHELLO\r\n$1\r\n2\r\n$4\r\nAUTH\r\n$6\r\nworker\r\n$6\r\nsecret\r\n$7\r\nSETNAME"))
        #expect(asked.contains("SELECT\r\n$1\r\n2\r\n") && asked.hasSuffix("TIME\r\n"))
        try stage.say("*2\r\n+server\r\n+redis\r\n+OK\r\n")
        #expect(stage.owner.events.isEmpty && stage.link.open == nil)
        try stage.say("*2\r\n$10\r\n1700000000\r\n$6\r\n250999\r\n")
        #expect(stage.owner.events == [.opened(1_700_000_000_250)])
        #expect(stage.link.open != nil)
    }

    @Test("A refusal is a failure with the server's words")
    func refusal() throws {
        let stage = try LinkStage(url: Self.url)
        stage.link.start()
        try stage.say("-WRONGPASS invalid username-password pair\r\n")
        #expect(stage.owner.events == [.failed(.refused)])
    }

    @Test("The first attempt again comes at once, the others after pauses up to the cap, for ever")
    func backOff() throws {
        let stage = try LinkStage(url: Self.url)
        stage.link.start()
        var pauses: [Int64] = []
        for attempt in 1...40 {
            #expect(stage.channels.count == attempt)
            stage.hangUp()
            let before = stage.loop.now
            while stage.channels.count == attempt { stage.loop.advanceTime(by: .milliseconds(1)) }
            pauses.append((stage.loop.now - before).nanoseconds / 1_000_000)
        }
        #expect(pauses[0] <= 1)
        #expect(pauses.allSatisfy { $0 <= 5_001 })
        #expect(pauses.suffix(20).max()! > 3_000 && pauses.suffix(20).min()! < 2_000)
    }

    @Test("A server that accepts and says nothing is given up after the connect time")
    func silentFromTheStart() throws {
        let stage = try LinkStage(url: Self.url)
        stage.link.start()
        stage.loop.advanceTime(by: .milliseconds(1_999))
        #expect(stage.owner.events.isEmpty)
        stage.loop.advanceTime(by: .milliseconds(1))
        #expect(stage.owner.events == [.failed(.unreachable)])
    }

    @Test(
        "A server that freezes is given up within 2 s, at whatever moment it froze",
        arguments: [0, 1, 250, 499, 500, 700])
    func freezes(after milliseconds: Int64) throws {
        let stage = try LinkStage(url: Self.url)
        try stage.open()
        var waited: Int64 = 0
        // Answers every ping until then.
        while waited < milliseconds {
            stage.loop.advanceTime(by: .milliseconds(1))
            waited += 1
            if try stage.sent().contains("PING") { try stage.say("+PONG\r\n") }
        }
        stage.loop.advanceTime(by: .milliseconds(1_999))
        #expect(stage.owner.events == [.opened(5_000), .failed(.silent)])
    }

    @Test("A server that answers its pings is kept")
    func keeps() throws {
        let stage = try LinkStage(url: Self.url)
        try stage.open()
        for _ in 0..<20_000 {
            stage.loop.advanceTime(by: .milliseconds(1))
            if try stage.sent().contains("PING") { try stage.say("+PONG\r\n") }
        }
        #expect(stage.owner.events == [.opened(5_000)])
    }

    @Test(
        "A subscriber's pongs are never handed out, with channels and without",
        arguments: ["+PONG\r\n", "*2\r\n$4\r\npong\r\n$0\r\n\r\n"])
    func subscriberPong(_ pong: String) throws {
        let stage = try LinkStage(url: Self.url, purpose: .subscriber)
        try stage.open()
        for _ in 0..<20_000 {
            stage.loop.advanceTime(by: .milliseconds(1))
            if try stage.sent().contains("PING") { try stage.say(pong) }
        }
        #expect(stage.owner.events == [.opened(5_000)])
    }

    @Test("A pong among answers is known by its place, and never handed out")
    func pongAmongAnswers() throws {
        let stage = try LinkStage(url: Self.url)
        try stage.open()
        let connection = try #require(stage.link.open)
        connection.write { $0.writeCommand("ECHO", "a") }
        connection.expect(answers: 1)
        connection.flush()
        stage.loop.advanceTime(by: .milliseconds(500))
        connection.write { $0.writeCommand("ECHO", "b") }
        connection.expect(answers: 1)
        connection.flush()
        #expect(try stage.sent().contains("PING"))
        try stage.say("+a\r\n+PONG\r\n+PONG\r\n")
        #expect(stage.owner.events == [.opened(5_000), .received(.status("a")), .received(.status("PONG"))])
    }

    @Test("Bytes that are no answer end the connection, and it comes back")
    func malformed() throws {
        let stage = try LinkStage(url: Self.url)
        try stage.open()
        try stage.say("what?\r\n")
        #expect(stage.owner.events.last == .failed(.malformed))
        stage.loop.advanceTime(by: .milliseconds(1))
        #expect(stage.channels.count == 2)
    }

    @Test("A stopped link tells so and does not come back")
    func stop() throws {
        let stage = try LinkStage(url: Self.url)
        try stage.open()
        stage.link.stop()
        stage.loop.advanceTime(by: .seconds(60))
        #expect(stage.owner.events == [.opened(5_000), .failed(.stopped)])
        #expect(stage.channels.count == 1)
    }
}

import NIOCore
import NIOEmbedded
import Testing

@testable import ChannelBus

@Suite("A connection to a server that sentinels named, in virtual time")
struct SentinelLinkTests {
    private static let url = "redis+sentinel://worker:secret@127.0.0.1,127.0.0.2/places"
    private static let time = "*2\r\n$10\r\n1700000000\r\n$1\r\n0\r\n"

    @Test("It is asked for its role; a master with its replicas is open")
    func master() throws {
        let stage = try LinkStage(url: Self.url)
        stage.link.start()
        let asked = try stage.sent()
        #expect(asked.contains("secret") && asked.hasSuffix("*1\r\n$4\r\nROLE\r\n*1\r\n$4\r\nTIME\r\n"))
        let replica = "*3\r\n$9\r\n127.0.0.1\r\n$4\r\n6380\r\n$1\r\n7\r\n"
        try stage.say("*0\r\n*3\r\n$6\r\nmaster\r\n:7\r\n*2\r\n\(replica)\(replica)")
        #expect(stage.owner.events.isEmpty && stage.link.open == nil)
        try stage.say(Self.time)
        #expect(stage.owner.events == [.opened(1_700_000_000_000)])
    }

    @Test(
        "Whatever is not the master is not used",
        arguments: [
            "*5\r\n$5\r\nslave\r\n$9\r\n127.0.0.1\r\n:6379\r\n$9\r\nconnected\r\n:7\r\n",
            "*2\r\n$8\r\nsentinel\r\n*0\r\n", "*0\r\n", "+master\r\n", "*1\r\n$7\r\nmasters\r\n", "*-1\r\n",
            "*1\r\n*1\r\n$6\r\nmaster\r\n", "-NOPERM this user has no permissions to run the 'role' command\r\n",
        ])
    func others(role: String) throws {
        let stage = try LinkStage(url: Self.url)
        stage.link.start()
        try stage.say("*0\r\n\(role)\(Self.time)")
        #expect(stage.owner.events == [.failed(.refused)])
        #expect(stage.link.open == nil)
    }

    @Test("A server without sentinels is not asked")
    func plain() throws {
        let stage = try LinkStage(url: "redis://127.0.0.1:7000")
        stage.link.start()
        let asked = try stage.sent()
        #expect(!asked.contains("ROLE"))
    }

    @Test("The pauses between attempts stay within a second")
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
        #expect(pauses.allSatisfy { $0 <= 1_001 } && pauses.max()! > 500)
    }
}

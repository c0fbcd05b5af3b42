import NIOCore
import Testing

@testable import Server

/// One port, over real sockets.
@Suite(.timeLimit(.minutes(1))) struct OnePortTests {
    private static let accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

    @Test func restAndWebSocketOnOnePort() async throws {
        try await PortServer.run { server in
            let rest = try await PortPeer.connect(to: server)
            let socket = try await PortPeer.connect(to: server)
            try await rest.send("GET / HTTP/1.1", "Host: localhost", "", "")
            #expect(await rest.hear("hello").hasPrefix("HTTP/1.1 200 OK"))
            try await socket.upgrade("/ws")
            let answer = await socket.hear("\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 101 "))
            #expect(answer.contains("Sec-WebSocket-Accept: \(Self.accept)\r\n"))
            try await socket.say("echo this")
            #expect(await socket.hear("this").contains("echo this"))
            try await rest.send("GET / HTTP/1.1", "Host: localhost", "", "")
            #expect(await rest.hear("hello").hasPrefix("HTTP/1.1 200 OK"))
        }
    }

    @Test func framesMayFollowTheHandshakeAtOnce() async throws {
        try await PortServer.run { server in
            let peer = try await PortPeer.connect(to: server)
            try await peer.upgrade("/ws", then: PortPeer.frame("impatient"))
            #expect(await peer.hear("impatient").contains("impatient"))
            try await peer.say("patient")
            #expect(await peer.hear("patient").contains("patient"))
        }
    }

    // MARK: Upgrades after other requests

    @Test func aConnectionMayUpgradeAfterEarlierRequests() async throws {
        try await PortServer.run { server in
            let peer = try await PortPeer.connect(to: server)
            for _ in 0..<3 {
                try await peer.send("GET / HTTP/1.1", "Host: localhost", "", "")
                #expect(await peer.hear("hello").hasPrefix("HTTP/1.1 200 OK"))
            }
            try await peer.upgrade("/ws", then: PortPeer.frame("one"))
            let answer = await peer.hear("one")
            #expect(answer.hasPrefix("HTTP/1.1 101 "))
            try await peer.say("two")
            #expect(await peer.hear("two").contains("two"))
        }
    }

    @Test func anUpgradeWaitsForTheAnswersBeforeIt() async throws {
        try await PortServer.run { server in
            let peer = try await PortPeer.connect(to: server)
            try await peer.send("GET /slow HTTP/1.1", "Host: localhost", "", "")
            try await peer.upgrade("/ws", then: PortPeer.frame("early"))
            server.slow.yield()
            let answer = await peer.hear("early")
            #expect(answer.hasPrefix("HTTP/1.1 200 OK"))
            let parts = answer.split(separator: "at last")
            #expect(parts.count == 2 && parts[1].hasPrefix("HTTP/1.1 101 "))
        }
    }

    // MARK: Refusals

    @Test func aRefusalIsAnHTTPAnswer() async throws {
        try await PortServer.run { server in
            let peer = try await PortPeer.connect(to: server)
            try await peer.upgrade("/closed", then: PortPeer.frame("ignored"))
            let answer = await peer.hearEnd()
            #expect(answer.hasPrefix("HTTP/1.1 403 Forbidden\r\n"))
            #expect(answer.contains("content-type: application/problem+json\r\n"))
            #expect(answer.contains("connection: close\r\n"))
            #expect(
                answer.hasSuffix(
                    #"{"type":"about:blank","title":"Forbidden","status":403,"detail":"not from there"}"#))
        }
    }

    @Test func aRefusalAfterEarlierRequests() async throws {
        try await PortServer.run { server in
            let peer = try await PortPeer.connect(to: server)
            try await peer.send("GET / HTTP/1.1", "Host: localhost", "", "")
            _ = await peer.hear("hello")
            try await peer.upgrade("/closed")
            #expect(await peer.hearEnd().hasPrefix("HTTP/1.1 403 "))
        }
    }

    @Test func anotherVersionIsToldOurs() async throws {
        try await PortServer.run { server in
            let peer = try await PortPeer.connect(to: server)
            try await peer.send(
                "GET /ws HTTP/1.1", "Host: localhost", "Upgrade: websocket", "Connection: Upgrade",
                "Sec-WebSocket-Version: 8", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "", "")
            let answer = await peer.hearEnd()
            #expect(answer.hasPrefix("HTTP/1.1 426 "))
            #expect(answer.contains("sec-websocket-version: 13\r\n"))
        }
    }

    @Test func aHandshakeHasNoBody() async throws {
        try await PortServer.run { server in
            let peer = try await PortPeer.connect(to: server)
            try await peer.upgrade("/ws", ["Content-Length: 3"], then: Array("abc".utf8))
            #expect(await peer.hearEnd().hasPrefix("HTTP/1.1 400 "))
        }
    }

    // MARK: Plain HTTP with an upgrade header

    @Test(arguments: ["h2c", "websocket"])
    func anUpgradeThatNobodyFollowsIsAnsweredAsHTTP(protocolName: String) async throws {
        try await PortServer.run { server in
            let peer = try await PortPeer.connect(to: server)
            try await peer.send(
                "GET / HTTP/1.1", "Host: localhost", "Upgrade: \(protocolName)", "Connection: Upgrade", "", "more")
            let answer = await peer.hearEnd()
            #expect(answer.hasPrefix("HTTP/1.1 200 OK"))
            #expect(answer.contains("connection: close\r\n"))
            #expect(answer.hasSuffix("hello"))
        }
    }

    // MARK: Ends

    @Test func aPeerThatLeavesBeforeItsFirstRequestLeavesNothing() async throws {
        try await PortServer.run { server in
            let peer = try await PortPeer.connect(to: server)
            try await peer.channel.close(mode: .output)
            #expect(await peer.hearEnd().isEmpty)
        }
    }

    @Test func stoppingEndsEveryKindOfConnection() async throws {
        try await PortServer.run { server in
            let silent = try await PortPeer.connect(to: server)
            let rest = try await PortPeer.connect(to: server)
            try await rest.send("GET / HTTP/1.1", "Host: localhost", "", "")
            _ = await rest.hear("hello")
            let first = try await PortPeer.connect(to: server)
            try await first.upgrade("/ws")
            _ = await first.hear("\r\n\r\n")
            let later = try await PortPeer.connect(to: server)
            try await later.send("GET / HTTP/1.1", "Host: localhost", "", "")
            _ = await later.hear("hello")
            try await later.upgrade("/ws")
            _ = await later.hear("\r\n\r\n")
            await server.stop()
            // A close frame with 1001.
            let goingAway = "\u{03}"
            #expect(await first.hearEnd().contains(goingAway))
            #expect(await later.hearEnd().contains(goingAway))
            for peer in [first, later] { try await peer.channel.close() }
            #expect(await rest.hearEnd().isEmpty)
            #expect(await silent.hearEnd().isEmpty)
        }
    }
}

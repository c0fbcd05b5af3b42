import NIOCore
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(1))) struct PortLimitTests {
    @Test func sixtyFourFieldsPassAndOneMoreDoesNot() async throws {
        for (count, status) in [(64, "200"), (65, "431")] {
            try await PortServer.run { server in
                let peer = try await PortPeer.connect(to: server)
                let fields = (0..<count - 1).map { "X-\($0): x" }.joined(separator: "\r\n")
                try await peer.send("GET / HTTP/1.1", "Connection: close", fields, "", "")
                #expect(await peer.hearEnd().hasPrefix("HTTP/1.1 \(status) "))
            }
        }
    }

    /// NIO counts the bytes of names and values.
    @Test func sixteenKibibytesOfFieldsPassAndOneMoreDoesNot() async throws {
        let others = "Connection".utf8.count + "close".utf8.count + "X".utf8.count
        for (extra, status) in [(0, "200"), (1, "431")] {
            try await PortServer.run { server in
                let peer = try await PortPeer.connect(to: server)
                let value = String(repeating: "v", count: 16 * 1024 - others - "/".utf8.count + extra)
                try await peer.send("GET / HTTP/1.1", "Connection: close", "X: \(value)", "", "")
                #expect(await peer.hearEnd().hasPrefix("HTTP/1.1 \(status) "))
            }
        }
    }

    @Test func whatIsNotHTTPIsToldSo() async throws {
        try await PortServer.run { server in
            let peer = try await PortPeer.connect(to: server)
            try await peer.send("\u{16}\u{03}\u{01} is not HTTP", "", "")
            #expect(await peer.hearEnd().hasPrefix("HTTP/1.1 400 "))
        }
    }

    @Test(arguments: ["", "GET / HTTP/1.1\r\nHost"])
    func aSlowFirstHeadIsToldSo(beginning: String) async throws {
        var limits = PortLimits()
        limits.requestTime = .milliseconds(100)
        try await PortServer.run(limits: limits) { server in
            let peer = try await PortPeer.connect(to: server)
            try await peer.send(beginning)
            let answer = await peer.hearEnd()
            #expect(answer.hasPrefix("HTTP/1.1 408 "))
            #expect(answer.contains("application/problem+json"))
        }
    }

    /// The second begins when the first is long done, so that only its own time can be over.
    @Test func aSlowSecondHeadIsToldSo() async throws {
        var limits = PortLimits()
        limits.requestTime = .seconds(2)
        try await PortServer.run(limits: limits) { server in
            let peer = try await PortPeer.connect(to: server)
            try await peer.send("GET / HTTP/1.1", "Host: h", "", "")
            #expect(await peer.hear("hello").hasPrefix("HTTP/1.1 200 "))
            try await peer.send("GET / HTT")
            #expect(await peer.hearEnd().hasPrefix("HTTP/1.1 408 "))
        }
    }

    @Test func aSlowBodyEndsTheConnection() async throws {
        var limits = PortLimits()
        limits.requestTime = .seconds(2)
        try await PortServer.run(limits: limits) { server in
            let peer = try await PortPeer.connect(to: server)
            try await peer.send("POST / HTTP/1.1", "Host: h", "Content-Length: 10", "", "abc")
            #expect(await peer.hearEnd().isEmpty)
        }
    }

    @Test func anIdleConnectionIsClosed() async throws {
        var limits = PortLimits()
        limits.idleTime = .milliseconds(100)
        try await PortServer.run(limits: limits) { server in
            let peer = try await PortPeer.connect(to: server)
            try await peer.send("GET / HTTP/1.1", "Host: h", "", "")
            _ = await peer.hear("hello")
            #expect(await peer.hearEnd().isEmpty)
        }
    }
}

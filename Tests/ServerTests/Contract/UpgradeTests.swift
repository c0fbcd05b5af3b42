import Testing

@testable import Server

/// Who may connect, and how.
@Suite(.server([.origins: "https://app.example,http://other.example:8080"])) struct UpgradeTests {
    let server = LiveServer.current

    private func status(_ path: String = "/v1/ws", _ headers: String...) async throws -> String {
        let peer = try await Peer.dial(port: server.port)
        let head = try await peer.upgrade(port: server.port, path: path, headers: headers)
        peer.vanish()
        return String(head.dropFirst(9).prefix(3))
    }

    @Test func originsAreCheckedBeforeTheUpgrade() async throws {
        #expect(try await status() == "101")
        #expect(try await status("/v1/ws", "Origin: http://127.0.0.1:\(server.port)") == "101")
        #expect(try await status("/v1/ws", "Origin: https://app.example") == "101")
        #expect(try await status("/v1/ws", "Origin: https://APP.example:443") == "101")
        #expect(try await status("/v1/ws", "Origin: http://other.example:8080") == "101")
        for origin in [
            "https://evil.example", "http://app.example", "https://app.example.evil", "null", "",
            "http://127.0.0.1:\(server.port + 1)", "http://localhost:\(server.port)", "http://other.example",
        ] {
            #expect(try await status("/v1/ws", "Origin: \(origin)") == "403", "\(origin)")
        }
    }

    @Test func aQueryDoesNotMatterAndNoExtensionIsTaken() async throws {
        let peer = try await Peer.dial(port: server.port)
        let head = try await peer.upgrade(
            port: server.port, path: "/v1/ws?v=2", headers: ["Sec-WebSocket-Extensions: permessage-deflate"])
        #expect(head.hasPrefix("HTTP/1.1 101 "))
        #expect(!head.lowercased().contains("sec-websocket-extensions"))
        #expect(head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
    }

    @Test func echoIsThereOnlyIfAskedFor() async throws {
        #expect(try await status("/v1/echo") == "404")
        #expect(try await status("/v1/nothing") == "404")
    }

    @Test func withoutAnUpgradeItIsNoPage() async throws {
        #expect(try await [400, 404, 426].contains(server.call("GET", "/v1/ws").status))
    }
}

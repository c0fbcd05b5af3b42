import Testing

@testable import Server

/// The session's expiry and `refresh`, with clocks that the test moves.
@Suite struct TokenTests {
    private func refresh(_ token: String) -> JSON { ["type": "refresh", "token": .string(token)] }

    /// A session whose token lasts a minute.
    private func minute(_ user: String, _ server: ManualServer) async throws -> Peer {
        let peer = try await server.live.connect()
        let token = server.live.token(user, lasting: 60_000)
        peer.say(server.live.hello(user, ["token": .string(token)]))
        #expect(try await peer.message("welcome")["user"] == .string(user))
        return peer
    }

    @Test func theSessionEndsWithItsToken() async throws {
        try await ManualServer.run { server in
            let peer = try await minute("anna", server)
            try await server.advance(milliseconds: 59_999)
            #expect(try await peer.ask(["type": "settings"]).type == "settings")
            try await server.advance(milliseconds: 1_001)
            #expect(try await peer.message("error")["code"] == "token_expired")
            #expect(try await peer.closing() == 4001)
        }
    }

    @Test func refreshMovesTheExpiry() async throws {
        try await ManualServer.run { server in
            let (peer, witness) = try await (minute("anna", server), minute("bob", server))
            #expect(try await peer.ask(refresh(server.live.token("anna", lasting: 120_000))) == ["type": "ok"])
            try await server.advance(milliseconds: 61_000)
            #expect(try await witness.closing() == 4001)
            #expect(try await peer.ask(["type": "settings"]).type == "settings")
            // A token that lasts less moves it back.
            #expect(try await peer.ask(refresh(server.live.token("anna", lasting: 10_000))) == ["type": "ok"])
            try await server.advance(milliseconds: 11_000)
            #expect(try await peer.closing() == 4001)
        }
    }

    @Test func aFailedRefreshIsAnErrorAndTheExpiryStays() async throws {
        try await ManualServer.run { server in
            let peer = try await minute("anna", server)
            #expect(try await peer.ask(refresh("nonsense"))["code"] == "bad_token")
            #expect(try await peer.ask(refresh(server.live.token("bob")))["code"] == "forbidden")
            let expired = server.live.token("anna", lasting: -9_000)
            #expect(try await peer.ask(refresh(expired))["code"] == "token_expired")
            #expect(try await peer.ask(["type": "refresh"])["code"] == "bad_message")
            #expect(try await peer.ask(["type": "settings"]).type == "settings")
            try await server.advance(milliseconds: 61_000)
            #expect(try await peer.message("error")["code"] == "token_expired")
            #expect(try await peer.closing() == 4001)
        }
    }
}

import Testing

@testable import Server

/// The session's expiry and `refresh`.
@Suite(.server()) struct TokenTests {
    let server = LiveServer.current

    private func refresh(_ token: String) -> JSON { ["type": "refresh", "token": .string(token)] }

    @Test func theSessionEndsWithItsToken() async throws {
        let peer = try await server.connect()
        peer.say(server.hello("x.anna", ["token": .string(server.token("x.anna", lasting: 2_000))]))
        #expect(try await peer.message("welcome")["user"] == "x.anna")
        #expect(try await peer.message("error")["code"] == "token_expired")
        #expect(try await peer.closing() == 4001)
    }

    @Test func refreshMovesTheExpiry() async throws {
        let (short, good) = (server.token("r.anna", lasting: 2_000), server.token("r.anna"))
        let peer = try await server.connect()
        peer.say(server.hello("r.anna", ["token": .string(short)]))
        _ = try await peer.message("welcome")
        #expect(try await peer.ask(refresh(good)) == ["type": "ok"])
        // Another session that is not refreshed shows when the first token has expired.
        let witness = try await server.connect()
        witness.say(server.hello("r.bob", ["token": .string(server.token("r.bob", lasting: 3_000))]))
        #expect(try await witness.closing() == 4001)
        #expect(try await peer.ask(["type": "settings"]).type == "settings")
    }

    @Test func aFailedRefreshIsAnErrorAndTheExpiryStays() async throws {
        let peer = try await server.connect()
        peer.say(server.hello("f.anna", ["token": .string(server.token("f.anna", lasting: 3_000))]))
        _ = try await peer.message("welcome")
        #expect(try await peer.ask(refresh("nonsense"))["code"] == "bad_token")
        #expect(try await peer.ask(refresh(server.token("f.bob")))["code"] == "forbidden")
        #expect(try await peer.ask(refresh(server.token("f.anna", lasting: -9_000)))["code"] == "token_expired")
        #expect(try await peer.ask(["type": "refresh"])["code"] == "bad_message")
        #expect(try await peer.ask(["type": "settings"]).type == "settings")
        #expect(try await peer.message("error")["code"] == "token_expired")
        #expect(try await peer.closing() == 4001)
    }
}

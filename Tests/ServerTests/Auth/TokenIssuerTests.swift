import Channels
import Testing

@testable import Server

@Suite struct TokenIssuerTests {
    @Test func whatIsIssuedIsVerified() throws {
        let fixture = try TokenFixture.shared.get()
        let verifier = try fixture.verifier()
        let issuer = TokenIssuer(secret: Secret(TokenFixture.secret))
        for name in ["ann", "A.b_c-9", String(repeating: "z", count: 64)] {
            let user = try #require(UserID(name))
            let expires = TokenFixture.now + 1_000
            let token = issuer.token(for: user, expires: expires, issued: TokenFixture.now)
            #expect(verifier.verify(token, now: TokenFixture.now) == .valid(user, expires: expires))
        }
        let other = TokenIssuer(secret: Secret(TokenFixture.secret + "."))
        let token = other.token(for: try #require(UserID("ann")), expires: TokenFixture.now + 1_000, issued: 0)
        #expect(verifier.verify(token, now: TokenFixture.now) == .bad)
    }
}

import Channels
import Testing

@testable import Server

@Suite struct TokenIssuerTests {
    @Test func whatIsIssuedIsVerified() throws {
        let fixture = try TokenFixture()
        let verifier = try fixture.verifier()
        let issuer = TokenIssuer(secret: Secret(TokenFixture.secret))
        for name in ["ann", "A.b_c-9", String(repeating: "z", count: 64)] {
            let user = try #require(UserID(name))
            let expires = TokenFixture.now + 1_000
            let token = issuer.token(for: user, issued: TokenFixture.now, expires: expires)
            #expect(verifier.verify(token, now: TokenFixture.now) == .valid(user, expires: expires))
        }
        let other = TokenIssuer(secret: Secret(TokenFixture.secret + "."))
        let token = other.token(for: try #require(UserID("ann")), issued: 0, expires: TokenFixture.now + 1_000)
        #expect(verifier.verify(token, now: TokenFixture.now) == .bad)
    }
}

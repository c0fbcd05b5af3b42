import Channels
import Crypto
import CryptoExtras
import Foundation
import Testing

@testable import Server

@Suite struct TokenVerifierTests {
    private let fixture: TokenFixture
    private let verifier: TokenVerifier
    private let good: TokenOutcome

    init() throws {
        fixture = try TokenFixture.shared.get()
        verifier = try fixture.verifier()
        good = .valid(try #require(UserID("ann")), expires: 1_800_003_600_000)
    }

    private func outcome(_ token: String) -> TokenOutcome {
        verifier.verify(token, now: TokenFixture.now)
    }

    private func claims(_ text: String) -> TokenOutcome {
        outcome(fixture.hs256(text))
    }

    // MARK: Good ones

    @Test func everyAlgorithmIsVerified() throws {
        #expect(outcome(fixture.hs256()) == good)
        #expect(outcome(try fixture.rs256()) == good)
        #expect(outcome(try fixture.es256()) == good)
        #expect(outcome(try fixture.edDSA()) == good)
    }

    @Test func headersMayBeWrittenDifferently() {
        for header in [
            #"{"alg":"HS256"}"#, #"{ "typ" : "jwt", "alg" : "HS256" }"#, #"{"alg":"HS256","typ":"at+JWT"}"#,
            #"{"\u0061lg":"HS256","cty":"x","x5t":"y"}"#,
        ] {
            #expect(outcome(fixture.hs256(header: header)) == good, "\(header)")
        }
    }

    @Test func otherClaimsAreIgnored() {
        #expect(
            claims(#"{"iss":"x","aud":["y"],"jti":"1","a":{"b":[1]},"iat":1,"sub":"ann","exp":1800003600.0}"#) == good)
    }

    // MARK: Time, in pairs

    @Test func expiryIsExact() throws {
        func at(_ exp: String) -> TokenOutcome { claims(#"{"sub":"ann","exp":\#(exp)}"#) }
        let user = try #require(UserID("ann"))
        #expect(at("1800000000.001") == .valid(user, expires: 1_800_000_000_001))
        #expect(at("1800000000") == .expired)
        #expect(at("0") == .expired)
        #expect(at("-1e300") == .expired)
        #expect(at("1e300") == .valid(user, expires: 253_402_300_799_000))
    }

    @Test func notBeforeAndItsLeeway() {
        #expect(claims("{\(TokenFixture.sub),\(TokenFixture.exp),\"nbf\":1800000030}") == good)
        #expect(claims("{\(TokenFixture.sub),\(TokenFixture.exp),\"nbf\":1800000030.001}") == .bad)
    }

    @Test func anExpiredTokenOfSomebodyElseIsBad() {
        #expect(outcome(fixture.hs256(#"{"sub":"ann","exp":1}"#)) == .expired)
        #expect(outcome(fixture.hs256(#"{"sub":"ann","exp":1}"#, secret: Array(repeating: 1, count: 32))) == .bad)
    }

    // MARK: Issuer and audience

    @Test func publishedKeysMaySignForOthers() throws {
        let verifier = try fixture.verifier(issuer: "https://id.example", audience: "nearby")
        func outcome(_ claims: String) throws -> TokenOutcome {
            verifier.verify(
                try fixture.es256("{\(TokenFixture.sub),\(TokenFixture.exp)\(claims)}"), now: TokenFixture.now)
        }
        #expect(try outcome(#","iss":"https://id.example","aud":"nearby""#) == good)
        #expect(try outcome(#","iss":"https://id.example","aud":["x","nearby"]"#) == good)
        #expect(try outcome(#","iss":"https://id.example","aud":"x""#) == .bad)
        #expect(try outcome(#","iss":"https://id.example""#) == .bad)
        #expect(try outcome(#","iss":"https://id.example.evil","aud":"nearby""#) == .bad)
        #expect(try outcome(#","aud":"nearby""#) == .bad)
        // The shared secret is ours alone.
        #expect(verifier.verify(fixture.hs256(), now: TokenFixture.now) == good)
    }

    // MARK: Bad ones

    @Test func badHeadersWithAGoodSignature() throws {
        for header in [
            "", "{}", "[]", "null", "x", #"{"alg":"none"}"#, #"{"alg":"None"}"#, #"{"alg":""}"#, #"{"alg":null}"#,
            #"{"alg":["HS256"]}"#, #"{"alg":"hs256"}"#, #"{"alg":"HS384"}"#, #"{"alg":"HS512"}"#, #"{"alg":"RS256"}"#,
            #"{"alg":"ES256"}"#, #"{"alg":"EdDSA"}"#, #"{"typ":"JWT"}"#, #"{"alg":"HS256","alg":"HS256"}"#,
            #"{"alg":"HS256","\u0061lg":"none"}"#, #"{"alg":"HS256","kid":"r"}"#, #"{"alg":"HS256","kid":""}"#,
            #"{"alg":"HS256","kid":"../../../../dev/null"}"#, #"{"alg":"HS256","kid":"x' UNION SELECT 'a"}"#,
            #"{"alg":"HS256","kid":7}"#, #"{"alg":"HS256","kid":null}"#, #"{"alg":"HS256","crit":["exp"]}"#,
            #"{"alg":"HS256","b64":false,"crit":["b64"]}"#, #"{"alg":"HS256","jku":"https://evil.example/jwks"}"#,
            #"{"alg":"HS256","x5u":"https://evil.example/c"}"#, #"{"alg":"HS256","jwk":{"kty":"oct","k":"AA"}}"#,
            #"{"alg":"HS256","x5c":["AA"]}"#, #"{"alg":"HS256","zip":"DEF"}"#, #"{"alg":"HS256","typ":"logout+jwt"}"#,
            #"{"alg":"HS256","typ":5}"#, #"{"alg":"HS256"} "x""#, #"{"alg":"HS256",}"#,
        ] {
            #expect(outcome(fixture.hs256(header: header)) == .bad, "\(header)")
        }
    }

    @Test func badClaimsWithAGoodSignature() {
        for claims in [
            "", "{}", "[]", "null", #"{"sub":"ann"}"#, #"{"exp":1800003600}"#, #"{"sub":"","exp":1800003600}"#,
            #"{"sub":"a b","exp":1800003600}"#, #"{"sub":"a/../b","exp":1800003600}"#, #"{"sub":5,"exp":1800003600}"#,
            #"{"sub":null,"exp":1800003600}"#, #"{"sub":["ann"],"exp":1800003600}"#,
            #"{"sub":"ann","exp":"1800003600"}"#,
            #"{"sub":"ann","exp":null}"#, #"{"sub":"ann","exp":true}"#, #"{"sub":"ann","exp":NaN}"#,
            #"{"sub":"ann","exp":1800003600,"exp":1900003600}"#, #"{"sub":"ann","sub":"bob","exp":1800003600}"#,
            #"{"sub":"ann","exp":1800003600,"nbf":"0"}"#, #"{"sub":"ann","exp":1800003600,"nbf":null}"#,
            #"{"sub":"ann","exp":1800003600,"aud":5}"#, #"{"sub":"ann","exp":1800003600,"aud":[5]}"#,
            #"{"sub":"ann","exp":1800003600,"iss":[]}"#, #"{"sub":"ann","exp":1800003600} "# + "x",
            #"{"sub":"\#(String(repeating: "a", count: 65))","exp":1800003600}"#,
            #"{"sub":"ann\u0000","exp":1800003600}"#,
        ] {
            #expect(self.claims(claims) == .bad, "\(claims)")
        }
    }

    @Test func mixedUpAlgorithms() throws {
        let rsaKey = Array(fixture.rsa.publicKey.pemRepresentation.utf8)
        for token in [
            // The public key as an HMAC secret, in each of the ways it might be named.
            fixture.hs256(secret: rsaKey), fixture.hs256(header: #"{"alg":"HS256","kid":"r"}"#, secret: rsaKey),
            fixture.hs256(header: #"{"alg":"RS256","kid":"r"}"#, secret: rsaKey),
            fixture.hs256(secret: Array(fixture.rsa.publicKey.derRepresentation)),
            fixture.hs256(secret: Array(fixture.p256.publicKey.rawRepresentation)),
            fixture.hs256(secret: []),
            // A key with another key's algorithm or name.
            try fixture.rs256(header: #"{"alg":"RS256","kid":"p"}"#),
            try fixture.rs256(header: #"{"alg":"RS384","kid":"r"}"#),
            try fixture.rs256(header: #"{"alg":"PS256","kid":"r"}"#, padding: .PSS),
            try fixture.rs256(header: #"{"alg":"RS256","kid":"r"}"#, padding: .PSS),
            try fixture.rs256(header: #"{"alg":"RS256","kid":"other"}"#),
            try fixture.rs256(header: #"{"alg":"RS256","kid":"unknown"}"#),
            try fixture.rs256(header: #"{"alg":"RS256"}"#),
            try fixture.es256(header: #"{"alg":"EdDSA","kid":"e"}"#),
            try fixture.es256(asDER: true),
            try fixture.edDSA(header: #"{"alg":"ES256","kid":"p"}"#),
            // No signature, or one that means nothing.
            fixture.signedBy(#"{"alg":"none"}"#, []), fixture.signedBy(#"{"alg":"HS256"}"#, []),
            fixture.signedBy(#"{"alg":"none","kid":"r"}"#, []),
            fixture.signedBy(#"{"alg":"HS256"}"#, Array(repeating: 0, count: 32)),
            fixture.signedBy(#"{"alg":"ES256","kid":"p"}"#, Array(repeating: 0, count: 64)),
            fixture.signedBy(#"{"alg":"EdDSA","kid":"e"}"#, Array(repeating: 0, count: 64)),
            fixture.signedBy(#"{"alg":"RS256","kid":"r"}"#, Array(repeating: 0, count: 256)),
        ] {
            #expect(outcome(token) == .bad, "\(token)")
        }
    }

    @Test func brokenTokens() throws {
        let token = fixture.hs256()
        let parts = token.split(separator: ".").map(String.init)
        for broken in [
            "", ".", "..", "...", "a.b.c", "ann", token + ".", "." + token, token + "." + parts[0], token + " ",
            " " + token, "Bearer " + token, token + "\n", token + "=", String(token.dropLast()),
            parts[0] + "." + parts[1],
            parts[0] + ".." + parts[2], "." + parts[1] + "." + parts[2], parts[1] + "." + parts[0] + "." + parts[2],
            parts[0] + "." + parts[1] + "." + parts[2].uppercased(), token.replacing(".", with: ". "), token + "\u{0}",
            String(repeating: "a", count: 100_000), parts[0] + "=." + parts[1] + "." + parts[2],
        ] {
            #expect(outcome(broken) == .bad, "\(broken.prefix(80))")
        }
    }

    /// Each text of a token means one signature: none of its bits can be changed.
    @Test func noCharacterCanBeChanged() {
        let token = Array(fixture.hs256().utf8)
        for index in token.indices {
            for other in [token[index] ^ 1, UInt8(ascii: "A"), UInt8(ascii: "_")] where other != token[index] {
                var changed = token
                changed[index] = other
                #expect(outcome(String(decoding: changed, as: UTF8.self)) == .bad, "at \(index)")
            }
        }
    }

    @Test func tokensHaveALimit() {
        func token(_ padding: Int) -> String {
            fixture.hs256(
                "{\(TokenFixture.sub),\(TokenFixture.exp),\"x\":\"\(String(repeating: "x", count: padding))\"}")
        }
        // The longest claims whose token still fits; three bytes of claims make four characters.
        let rest = Limits.maximumTokenBytes - token(0).utf8.count
        let fitting = token(rest / 4 * 3 - 3)
        #expect(fitting.utf8.count <= Limits.maximumTokenBytes)
        #expect(outcome(fitting) == good)
        let longer = token(rest / 4 * 3 + 6)
        #expect(longer.utf8.count > Limits.maximumTokenBytes)
        #expect(outcome(longer) == .bad)
    }

    // MARK: Keys

    @Test func weakSecretsAreRefused() throws {
        func verifier(_ bytes: Int) throws(KeyError) -> TokenVerifier {
            let keys = Keys(jwtSecret: Secret(String(repeating: "s", count: bytes)), apiKey: Secret("k"))
            return try TokenVerifier(keys: keys, jwksFile: nil, rules: TokenFixture.rules)
        }
        _ = try verifier(32)
        #expect(throws: KeyError.self) { try verifier(31) }
        #expect(throws: KeyError.self) { try verifier(0) }
    }

    @Test func aSingleKeyNeedsNoName() throws {
        let x = TokenFixture.text(fixture.ed25519.publicKey.rawRepresentation)
        let verifier = try fixture.verifier(jwks: #"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"\#(x)"}]}"#)
        #expect(verifier.verify(try fixture.edDSA(header: #"{"alg":"EdDSA"}"#), now: TokenFixture.now) == good)
        #expect(verifier.verify(try fixture.edDSA(), now: TokenFixture.now) == .bad)
        #expect(verifier.verify(fixture.hs256(), now: TokenFixture.now) == good)
    }

    @Test func unusableKeyFilesAreRefused() throws {
        let x = TokenFixture.text(fixture.ed25519.publicKey.rawRepresentation)
        let key = #""kty":"OKP","crv":"Ed25519","x":"\#(x)""#
        let weak = TokenFixture.text([UInt8](repeating: 0xC5, count: 128))
        for jwks in [
            "", "{}", "[]", "null", #"{"keys":[]}"#, #"{"keys":{}}"#, #"{"keys":[5]}"#, #"{"keys":[{}]}"#,
            #"{"keys":[{\#(key)},{\#(key),"kid":"a"}]}"#, #"{"keys":[{\#(key),"kid":"a"},{\#(key),"kid":"a"}]}"#,
            #"{"keys":[{\#(key),"kid":"a","alg":"HS256"}]}"#, #"{"keys":[{\#(key),"kid":"a","alg":"none"}]}"#,
            #"{"keys":[{\#(key),"kid":"a","use":"enc"}]}"#, #"{"keys":[{"kty":"oct","kid":"a","k":"c2VjcmV0"}]}"#,
            #"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"a","x":"AAAA"}]}"#,
            #"{"keys":[{"kty":"OKP","crv":"Ed25519"}]}"#,
            #"{"keys":[{"kty":"OKP","crv":"X25519","x":"\#(x)"}]}"#,
            #"{"keys":[{"kty":"EC","crv":"P-256","x":"\#(x)","y":"\#(x)"}]}"#,
            #"{"keys":[{"kty":"EC","crv":"P-384","x":"\#(x)","y":"\#(x)"}]}"#,
            #"{"keys":[{"kty":"RSA","kid":"a","n":"\#(weak)","e":"AQAB"}]}"#,
            #"{"keys":[{"kty":"RSA","kid":"a","alg":"RS384","n":"\#(weak)\#(weak)","e":"AQAB"}]}"#,
        ] {
            #expect(throws: KeyError.self, "\(jwks)") { try fixture.verifier(jwks: jwks) }
        }
        let missing = #expect(throws: KeyError.self) {
            try TokenVerifier(
                keys: Keys(jwtSecret: Secret(TokenFixture.secret), apiKey: Secret("k")),
                jwksFile: "/nowhere/jwks.json", rules: TokenFixture.rules)
        }
        #expect(missing?.description == "jwks_file: cannot read /nowhere/jwks.json: No such file or directory")
    }
}

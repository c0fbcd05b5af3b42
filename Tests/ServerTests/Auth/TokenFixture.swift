import Channels
import Crypto
import CryptoExtras
import Foundation

@testable import Server

/// Keys, and tokens of any kind made with them.
struct TokenFixture {
    /// Made once: an RSA key takes its time.
    static let shared = Result { try TokenFixture() }

    static let now: Int64 = 1_800_000_000_000
    static let secret = "an entirely secret secret of 40 bytes..."
    static let sub = #""sub":"ann""#
    /// In an hour.
    static let exp = #""exp":1800003600"#

    let rsa: _RSA.Signing.PrivateKey
    let p256 = P256.Signing.PrivateKey()
    let ed25519 = Curve25519.Signing.PrivateKey()
    let jwks: String

    init() throws {
        rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        let numbers = try rsa.publicKey.getKeyPrimitives()
        let point = p256.publicKey.rawRepresentation
        jwks = """
            {"keys":[
              {"kty":"RSA","kid":"r","use":"sig","alg":"RS256","n":"\(Self.text(numbers.modulus))","e":"\(Self.text(numbers.publicExponent))"},
              {"kty":"EC","kid":"p","crv":"P-256","x":"\(Self.text(point.prefix(32)))","y":"\(Self.text(point.suffix(32)))"},
              {"kty":"OKP","kid":"e","crv":"Ed25519","x":"\(Self.text(ed25519.publicKey.rawRepresentation))"},
              {"kty":"RSA","kid":"other","use":"enc","n":"AQAB","e":"AQAB"}
            ]}
            """
    }

    static func text(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: Base64URL.encode(bytes), as: UTF8.self)
    }

    static let rules = Settings.Tokens(
        leeway: .seconds(30), grace: .seconds(25), issuer: nil, audience: nil)

    func verifier(
        jwks: String? = nil, issuer: String? = nil, audience: String? = nil, leeway: Duration = .seconds(30)
    ) throws -> TokenVerifier {
        let directory = try TemporaryDirectory()
        let file = try directory.write(jwks ?? self.jwks, to: "jwks.json")
        return try TokenVerifier(
            keys: Keys(jwtSecret: Secret(Self.secret), apiKey: Secret("k")), jwksFile: file,
            rules: .init(leeway: leeway, grace: .zero, issuer: issuer, audience: audience))
    }

    // MARK: Tokens

    private func token(_ header: String, _ claims: String, sign: ([UInt8]) throws -> [UInt8]) rethrows -> String {
        let signed = Self.text(header.utf8) + "." + Self.text(claims.utf8)
        return signed + "." + Self.text(try sign(Array(signed.utf8)))
    }

    func hs256(
        _ claims: String = "{\(sub),\(exp)}", header: String = #"{"alg":"HS256","typ":"JWT"}"#,
        secret: [UInt8] = Array(secret.utf8)
    ) -> String {
        token(header, claims) { message in
            Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: secret)))
        }
    }

    func rs256(
        _ claims: String = "{\(sub),\(exp)}", header: String = #"{"alg":"RS256","kid":"r"}"#,
        padding: _RSA.Signing.Padding = .insecurePKCS1v1_5
    ) throws -> String {
        try token(header, claims) { message in
            Array(try rsa.signature(for: SHA256.hash(data: message), padding: padding).rawRepresentation)
        }
    }

    func es256(
        _ claims: String = "{\(sub),\(exp)}", header: String = #"{"alg":"ES256","kid":"p"}"#, asDER: Bool = false
    ) throws -> String {
        try token(header, claims) { message in
            let signature = try p256.signature(for: message)
            return Array(asDER ? signature.derRepresentation : signature.rawRepresentation)
        }
    }

    func edDSA(
        _ claims: String = "{\(sub),\(exp)}", header: String = #"{"alg":"EdDSA","kid":"e"}"#
    ) throws -> String {
        try token(header, claims) { message in Array(try ed25519.signature(for: message)) }
    }

    func signedBy(
        _ header: String, _ signature: [UInt8], claims: String = "{\(sub),\(exp)}"
    ) -> String {
        token(header, claims) { _ in signature }
    }
}

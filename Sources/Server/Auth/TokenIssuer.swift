public import Channels
import Crypto

/// Makes HS256 tokens: for `nearby token`, tests and demonstrations. About 3 µs a token.
public struct TokenIssuer: Sendable {
    /// `{"alg":"HS256","typ":"JWT"}`
    private static let header = Base64URL.encode(#"{"alg":"HS256","typ":"JWT"}"#.utf8)

    private let key: SymmetricKey

    public init(secret: Secret) {
        key = SymmetricKey(data: secret.bytes)
    }

    /// A token for `user`.
    ///
    /// - Parameters:
    ///   - expires: until when it is good, milliseconds since the Unix epoch.
    ///   - issued: when it is made, likewise. Tokens count in seconds, so both are cut to them.
    public func token(for user: UserID, expires: Int64, issued: Int64) -> String {
        var claims: [UInt8] = []
        claims.append(json: #"{"sub":"#)
        claims.append(string: user.string)
        claims.append(json: #","iat":"#)
        claims.append(integer: issued / 1_000)
        claims.append(json: #","exp":"#)
        claims.append(integer: expires / 1_000)
        claims.append(json: "}")
        let signed = Self.header + [UInt8(ascii: ".")] + Base64URL.encode(claims)
        let signature = HMAC<SHA256>.authenticationCode(for: signed, using: key)
        return String(decoding: signed + [UInt8(ascii: ".")] + Base64URL.encode(signature), as: UTF8.self)
    }
}

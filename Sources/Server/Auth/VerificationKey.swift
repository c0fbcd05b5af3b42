import Crypto
import CryptoExtras

/// A key that tokens are verified with, together with its one algorithm.
///
/// The algorithm belongs to the key and is never taken from a token (RFC 8725, 3.1).
enum VerificationKey: Sendable {
    case hs256(SymmetricKey)
    case rs256(_RSA.Signing.PublicKey)
    case es256(P256.Signing.PublicKey)
    case edDSA(Curve25519.Signing.PublicKey)

    /// The name of the algorithm in JWTs.
    var algorithm: StaticString {
        switch self {
        case .hs256: "HS256"
        case .rs256: "RS256"
        case .es256: "ES256"
        case .edDSA: "EdDSA"
        }
    }

    /// Cost: HS256 a few µs, RS256 about 25, ES256 and EdDSA 100 and more.
    func isValid(signature: [UInt8], of message: UnsafeRawBufferPointer) -> Bool {
        switch self {
        case .hs256(let key):
            return HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: message, using: key)
        case .rs256(let key):
            return key.isValidSignature(
                _RSA.Signing.RSASignature(rawRepresentation: signature), for: SHA256.hash(data: message),
                padding: .insecurePKCS1v1_5)
        case .es256(let key):
            guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature)
            else { return false }
            return key.isValidSignature(signature, for: message)
        case .edDSA(let key):
            return key.isValidSignature(signature, for: message)
        }
    }
}

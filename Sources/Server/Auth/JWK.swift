import Crypto
import CryptoExtras

/// One entry of a JWKS file as it is written (RFC 7517, RFC 7518, RFC 8037).
struct JWK: Decodable {
    let kty: String
    let kid: String?
    let use: String?
    let alg: String?
    let crv: String?
    let n: String?
    let e: String?
    let x: String?
    let y: String?

    var isForSignatures: Bool { use == nil || use == "sig" }

    /// The key, with the one algorithm that goes with its type. Throws if the entry names another algorithm,
    /// is of another type (a secret, say, which has no place in a file of public keys), or is no valid key.
    func verificationKey() throws(KeyError) -> VerificationKey {
        guard let key = (try? publicKey()) ?? nil else {
            throw KeyError("a key is invalid or not supported")
        }
        guard alg == nil || alg == "\(key.algorithm)" else {
            throw KeyError("a key has an `alg` that does not go with it; RS256, ES256 and EdDSA are known")
        }
        return key
    }

    private func publicKey() throws -> VerificationKey? {
        switch (kty, crv) {
        case ("RSA", _):
            guard let n = bytes(n), let e = bytes(e) else { return nil }
            return .rs256(try _RSA.Signing.PublicKey(n: n, e: e))
        case ("EC", "P-256"):
            guard let x = bytes(x), let y = bytes(y) else { return nil }
            return .es256(try P256.Signing.PublicKey(rawRepresentation: x + y))
        case ("OKP", "Ed25519"):
            guard let x = bytes(x) else { return nil }
            return .edDSA(try Curve25519.Signing.PublicKey(rawRepresentation: x))
        default:
            return nil
        }
    }

    private func bytes(_ text: String?) -> [UInt8]? {
        text.flatMap { Base64URL.decode($0.utf8) }
    }
}

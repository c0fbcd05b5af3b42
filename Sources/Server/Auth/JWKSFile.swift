import Crypto
import CryptoExtras
import Foundation

/// The public keys of a JWKS file (RFC 7517), each with its algorithm: RS256, ES256 or EdDSA.
struct JWKSFile {
    /// Longer files are refused.
    static let maximumBytes = 1_048_576

    /// By `kid`. A key without one is allowed if it is the only key; its `kid` is empty.
    let keys: [String: VerificationKey]

    init(path: String) throws(KeyError) {
        let bytes: [UInt8]
        do {
            bytes = try OpenFile(reading: path).bytes(limit: Self.maximumBytes)
        } catch {
            throw KeyError("jwks_file: cannot read \(path): \(error)")
        }
        do throws(KeyError) {
            try self.init(bytes: bytes)
        } catch {
            throw KeyError("jwks_file: \(path): \(error)")
        }
    }

    init(bytes: [UInt8]) throws(KeyError) {
        let entries: [JWK]
        do {
            entries = try JSONDecoder().decode(Listing.self, from: Data(bytes)).keys
        } catch {
            throw KeyError("is no JWKS: an object with `keys`, an array of objects")
        }
        var keys: [String: VerificationKey] = [:]
        for entry in entries where entry.isForSignatures {
            guard entry.kid != nil || entries.count == 1 else {
                throw KeyError("has more than one key, and one without `kid`")
            }
            let key = try entry.verificationKey()
            guard keys.updateValue(key, forKey: entry.kid ?? "") == nil else {
                throw KeyError("has a `kid` twice")
            }
        }
        guard !keys.isEmpty else { throw KeyError("has no key for signatures") }
        self.keys = keys
    }

    private struct Listing: Decodable {
        let keys: [JWK]
    }
}

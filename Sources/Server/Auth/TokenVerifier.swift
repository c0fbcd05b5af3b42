import Crypto

/// Verifies tokens: JWTs in compact form with `sub` and `exp`.
///
/// HS256 with the shared secret, and RS256, ES256 or EdDSA with the keys of a JWKS file. It neither waits nor
/// shares anything that changes, so every event loop verifies by itself. A verification costs about 5 µs with
/// HS256, 25 µs with RS256, 100 µs and more with ES256 and EdDSA.
public struct TokenVerifier: Sendable {
    private let shared: VerificationKey
    private let published: [String: VerificationKey]
    private let rules: Settings.Tokens

    /// - Throws: ``KeyError`` if the secret is shorter than 32 bytes or the JWKS file is unusable.
    public init(keys: Keys, jwksFile: String?, rules: Settings.Tokens) throws(KeyError) {
        guard keys.jwtSecret.bytes.count >= Limits.minimumSecretBytes else {
            throw KeyError("jwt_secret: must be at least \(Limits.minimumSecretBytes) bytes")
        }
        shared = .hs256(SymmetricKey(data: keys.jwtSecret.bytes))
        published = if let jwksFile { try JWKSFile(path: jwksFile).keys } else { [:] }
        self.rules = rules
    }

    /// - Parameter now: milliseconds since the Unix epoch.
    func verify(_ token: String, now: Int64) -> TokenOutcome {
        var token = token
        return token.withUTF8 { utf8 in verify(UnsafeRawBufferPointer(utf8), now: now) }
    }

    private func verify(_ token: UnsafeRawBufferPointer, now: Int64) -> TokenOutcome {
        guard token.count <= Limits.maximumTokenBytes else { return .bad }
        let parts = token.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.decode(parts[0]).flatMap(TokenHeader.init(json:)),
            let key = key(for: header), let signature = Base64URL.decode(parts[2])
        else { return .bad }
        let signed = UnsafeRawBufferPointer(rebasing: token[..<parts[1].endIndex])
        // Nothing is believed, and nothing but the header is parsed, before the signature is verified.
        guard key.isValid(signature: signature, of: signed),
            let claims = Base64URL.decode(parts[1]).flatMap(TokenClaims.init(json:)),
            key.isShared || isMeantForUs(claims)
        else { return .bad }
        return outcome(claims, now: now)
    }

    /// The key that the token says it was signed with, if its algorithm is that of the key.
    private func key(for header: TokenHeader) -> VerificationKey? {
        guard let key = candidate(header), header.algorithm == "\(key.algorithm)" else { return nil }
        return key
    }

    /// The shared secret has no `kid`; published keys have one, or stand alone.
    private func candidate(_ header: TokenHeader) -> VerificationKey? {
        if let keyID = header.keyID { return keyID.isEmpty ? nil : published[keyID] }
        if header.algorithm == "\(shared.algorithm)" { return shared }
        return published.count == 1 ? published.values.first : nil
    }

    /// A publisher of keys may sign for others, too; the shared secret is ours alone.
    private func isMeantForUs(_ claims: TokenClaims) -> Bool {
        (rules.issuer == nil || rules.issuer == claims.issuer)
            && rules.audience.map(claims.audience.contains) != false
    }

    private func outcome(_ claims: TokenClaims, now: Int64) -> TokenOutcome {
        if let notBefore = claims.notBefore, now + rules.leeway.milliseconds < notBefore { return .bad }
        return now < claims.expires ? .valid(claims.user, expires: claims.expires) : .expired
    }
}

extension VerificationKey {
    fileprivate var isShared: Bool {
        if case .hs256 = self { true } else { false }
    }
}

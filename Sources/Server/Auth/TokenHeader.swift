/// The header of a token, as far as it matters.
struct TokenHeader {
    let algorithm: String
    let keyID: String?

    /// Members by which a token would bring its own key, or demand rules that are not known here.
    private static let refused: Set<String> = ["crit", "b64", "jku", "jwk", "x5c", "x5u", "zip"]

    /// Types that say that a token is no token for access are refused (RFC 8725, 3.11).
    private static let types: Set<String> = ["jwt", "at+jwt"]

    /// `nil` unless `json` is a header that a token for this server may have.
    init?(json: [UInt8]) {
        guard let members = TokenMembers(json: json), Self.refused.isDisjoint(with: members.names),
            case .string(let algorithm)? = members["alg"]
        else { return nil }
        switch members["kid"] {
        case nil: keyID = nil
        case .string(let text)?: keyID = text
        default: return nil
        }
        switch members["typ"] {
        case nil: break
        case .string(let type)? where Self.types.contains(type.lowercased()): break
        default: return nil
        }
        self.algorithm = algorithm
    }
}

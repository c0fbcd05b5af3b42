import Channels

/// The claims of a token, as far as they matter. Times are milliseconds since the Unix epoch.
struct TokenClaims {
    let user: UserID
    let expires: Int64
    let notBefore: Int64?
    let issuer: String?
    let audience: [String]

    /// `nil` unless `json` has a `sub` that is the id of a user and an `exp`, and its other registered claims
    /// are of their types.
    init?(json: [UInt8]) {
        guard let members = TokenMembers(json: json), case .string(let subject)? = members["sub"],
            let user = UserID(subject), let expires = members["exp"].flatMap(Self.time)
        else { return nil }
        self.user = user
        self.expires = expires
        switch members["nbf"] {
        case nil: notBefore = nil
        case let member?:
            guard let time = Self.time(member) else { return nil }
            notBefore = time
        }
        switch members["iss"] {
        case nil: issuer = nil
        case .string(let text)?: issuer = text
        default: return nil
        }
        switch members["aud"] {
        case nil: audience = []
        case .string(let text)?: audience = [text]
        case .strings(let texts)?: audience = texts
        default: return nil
        }
    }

    /// A NumericDate: seconds, which may have decimals. Dates after the year 9999 count as its end.
    private static func time(_ member: TokenMembers.Member) -> Int64? {
        guard case .number(let seconds) = member else { return nil }
        guard abs(seconds) < latest else { return seconds > 0 ? Int64(latest) * 1_000 : 0 }
        return Int64((seconds * 1_000).rounded(.down))
    }

    private static let latest = 253_402_300_799.0
}

/// The keys that mean something in some message; all others are ignored.
enum MessageField: UInt8, CaseIterable {
    case type, seq, token, lat, lon, ts, accuracy, radius, strangers, cursor, friend, on, precision
    case sharing, user, sid, reason, quiet

    var name: StaticString {
        switch self {
        case .type: "type"
        case .seq: "seq"
        case .token: "token"
        case .lat: "lat"
        case .lon: "lon"
        case .ts: "ts"
        case .accuracy: "accuracy_m"
        case .radius: "radius_m"
        case .strangers: "strangers"
        case .cursor: "cursor"
        case .friend: "friend"
        case .on: "on"
        case .precision: "precision"
        case .sharing: "sharing"
        case .user: "user"
        case .sid: "sid"
        case .reason: "reason"
        case .quiet: "quiet"
        }
    }

    /// The field that `key` names, `nil` if none.
    init?(_ key: JSONText) {
        if key.hasEscapes {
            guard let field = Self.allCases.first(where: { key.equals($0.name) }) else { return nil }
            self = field
        } else {
            guard let field = Self.candidate(key.raw), key.equals(field.name) else { return nil }
            self = field
        }
    }

    /// The only field that `key` can be: length and second letter tell all of them apart.
    private static func candidate(_ key: UnsafeRawBufferPointer) -> MessageField? {
        guard key.count > 1 else { return nil }
        return switch (key.count, key[1]) {
        case (2, UInt8(ascii: "s")): .ts
        case (2, UInt8(ascii: "n")): .on
        case (3, UInt8(ascii: "a")): .lat
        case (3, UInt8(ascii: "o")): .lon
        case (3, UInt8(ascii: "e")): .seq
        case (3, UInt8(ascii: "i")): .sid
        case (4, UInt8(ascii: "y")): .type
        case (4, UInt8(ascii: "s")): .user
        case (5, UInt8(ascii: "o")): .token
        case (5, UInt8(ascii: "u")): .quiet
        case (6, UInt8(ascii: "u")): .cursor
        case (6, UInt8(ascii: "r")): .friend
        case (6, UInt8(ascii: "e")): .reason
        case (7, _): .sharing
        case (8, _): .radius
        case (9, UInt8(ascii: "t")): .strangers
        case (9, UInt8(ascii: "r")): .precision
        case (10, _): .accuracy
        default: nil
        }
    }
}

extension MessageField {
    /// What a client is told whose message lacks the field or has another kind of value there.
    var expectation: StaticString {
        switch self {
        case .type: "`type` must be a string"
        case .seq: "`seq` must be an integer"
        case .token: "`token` must be a string"
        case .lat: "`lat` must be a number"
        case .lon: "`lon` must be a number"
        case .ts: "`ts` must be an integer, milliseconds since 1970"
        case .accuracy: "`accuracy_m` must be a number"
        case .radius: "`radius_m` must be a number"
        case .strangers: "`strangers` must be a bool or an object"
        case .cursor: "`cursor` must be a string"
        case .friend: "`friend` must be the id of a user"
        case .on: "`on` must be a bool"
        case .precision: "`precision` must be an integer"
        case .sharing: "`sharing` must be a bool"
        case .user: "`user` must be the id of a user"
        case .sid: "`sid` must be a string"
        case .reason: "`reason` must be a string"
        case .quiet: "`quiet` must be a bool"
        }
    }
}

/// What an `error` message tells a client, the contract's and two more. The raw value stands on the wire.
enum ErrorCode: String, CaseIterable {
    case badMessage = "bad_message"
    case badLocation = "bad_location"
    case badToken = "bad_token"
    case tokenExpired = "token_expired"
    case forbidden = "forbidden"
    case notFriend = "not_friend"
    case badRadius = "bad_radius"
    case rateLimited = "rate_limited"
    case tooManySessions = "too_many_sessions"
    /// An addition: one more block than a user may have.
    case tooManyBlocks = "too_many_blocks"
    /// An addition: a store does not answer; nothing was changed.
    case unavailable
}

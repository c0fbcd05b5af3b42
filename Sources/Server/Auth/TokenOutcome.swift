import Channels

/// What a token is good for.
enum TokenOutcome: Equatable {
    /// It speaks for the user until `expires`, milliseconds since the Unix epoch.
    case valid(UserID, expires: Int64)
    /// It was good once.
    case expired
    /// Anything else. Not said why, so that nobody can feel their way.
    case bad
}

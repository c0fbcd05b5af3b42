public import Channels

/// Whose stored state changed: profile, sharing, epoch, friendships, blocks, or that it was erased.
public enum ChangedUsers: Hashable, Sendable {
    case some(Set<UserID>)
    /// Too many to be named, or the database was replaced: read again about everybody who matters.
    case everyone
}

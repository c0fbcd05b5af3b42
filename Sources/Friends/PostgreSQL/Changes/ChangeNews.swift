/// An element of a ``ChangeFeed``.
public struct ChangeNews: Sendable {
    public let users: ChangedUsers
    /// No change among them was committed before.
    public let since: ContinuousClock.Instant
}

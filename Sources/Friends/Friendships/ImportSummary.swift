/// What an import of friendships did.
public struct ImportSummary: Hashable, Sendable {
    /// New friendships.
    public var created = 0
    /// Friendships that existed already, or stood twice in the import.
    public var existed = 0
    /// Pairs left out: with an erased user, with oneself, or over the limit of friends.
    public var refused = 0
    /// Users that did not exist before.
    public var usersCreated = 0

    public init() {}
}

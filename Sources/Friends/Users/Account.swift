public import Channels

/// What a session needs of its user at the start, from one consistent read.
public struct Account: Hashable, Sendable {
    public let user: User
    /// All friends, blocked ones included, in the order of their numbers.
    public let friends: [User]
    /// Everyone whom the user blocked, by id or by pseudonym, or who blocked the user; in the order of the
    /// ids. For the server alone: to show it would reveal who blocked, and whom a pseudonym stood for.
    public let blocked: [UserID]

    public init(user: User, friends: [User], blocked: [UserID]) {
        self.user = user
        self.friends = friends
        self.blocked = blocked
    }
}

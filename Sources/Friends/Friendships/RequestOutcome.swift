/// What became of a request for a friendship.
public enum RequestOutcome: Sendable, CaseIterable {
    /// It waits for the other side, or seems to.
    case requested
    /// The other side had asked before: they are friends now.
    case accepted
    case alreadyFriends
}

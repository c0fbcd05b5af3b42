/// The nearest friends that a session was not yet sent, at most ``EngineSettings/pageSize``.
public struct FriendsPage: Sendable {
    public let items: [FrameItem]
    /// Whether more friends within the radius wait to be sent.
    public let hasMore: Bool
    /// How many friends are within the radius, sent or not.
    public let total: Int
}

/// What the server said of the user and the session.
public struct SessionSettings: Hashable, Sendable {
    public var user: String
    public var session: String
    /// Whether the user is visible to anyone.
    public var isSharing: Bool
    /// Metres within which friends are shown.
    public var radius: Double
    /// Seconds without news after which a position is old.
    public var staleAfter: Double
    /// Seconds: how often a location is to be sent at least.
    public var updateEvery: Double
}

extension SessionSettings {
    init(_ welcome: ServerMessage.Welcome) {
        self.init(
            user: welcome.user, session: welcome.session, isSharing: welcome.sharing, radius: welcome.radius,
            staleAfter: welcome.staleAfter, updateEvery: welcome.updateEvery)
    }
}

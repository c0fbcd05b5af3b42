/// What is new since the consumer looked last, and how everything stands now.
public struct NearbyChange: Sendable {
    /// The newest state, whole.
    public var snapshot: NearbySnapshot
    /// Friends that came into the list, nearest first.
    public var entered: [Friend]
    /// Friends that were in the list and have a new position or profile, nearest first.
    public var moved: [Friend]
    /// Friends that left the list, by id.
    public var left: [Departure]
    /// What failed, in order; at most the newest ``maximumErrors``.
    public var errors: [NearbyError]

    /// More errors than this are not kept for a consumer who does not look.
    public static let maximumErrors = 16

    /// A friend that left the list, as it was shown last.
    public struct Departure: Hashable, Sendable {
        public var friend: Friend
        public var reason: FriendGone.Reason
    }
}

extension FriendGone.Reason {
    /// The list was told anew after a reconnect, without that friend.
    public static let reconnected = Self(rawValue: "reconnected")
    /// The app stopped the client.
    public static let clientStopped = Self(rawValue: "client_stopped")
    /// The server does not want this client any more.
    public static let refused = Self(rawValue: "refused")
}

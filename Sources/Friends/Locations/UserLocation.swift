public import Channels
public import Geo

/// Where a user is, with what it takes to tell which of two is newer.
public struct UserLocation: Hashable, Sendable {
    public let user: UserID
    public let coordinate: Coordinate
    /// The sender's time of the fix, milliseconds since the Unix epoch.
    public let ts: Int64
    /// The user's durable epoch when the server accepted it.
    public let epoch: UInt32
    /// Whether friends may see it.
    public let sharing: Bool
    /// The server's time of receipt, milliseconds since the Unix epoch.
    public let heardAt: Int64

    public init(
        user: UserID, coordinate: Coordinate, ts: Int64, epoch: UInt32, sharing: Bool, heardAt: Int64
    ) {
        self.user = user
        self.coordinate = coordinate
        self.ts = ts
        self.epoch = epoch
        self.sharing = sharing
        self.heardAt = heardAt
    }

    /// Whether this replaces `other`, of the same user: a later epoch, or the same and a later fix.
    public func supersedes(_ other: UserLocation) -> Bool {
        (epoch, ts) > (other.epoch, other.ts)
    }
}

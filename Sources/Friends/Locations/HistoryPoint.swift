public import Channels
public import Geo

/// Where a user was.
public struct HistoryPoint: Hashable, Sendable {
    public let user: UserID
    public let coordinate: Coordinate
    /// The sender's time of the fix, milliseconds since the Unix epoch; with the user it is the key.
    public let ts: Int64
    /// The server's time of receipt, milliseconds since the Unix epoch.
    public let heardAt: Int64

    public init(user: UserID, coordinate: Coordinate, ts: Int64, heardAt: Int64) {
        self.user = user
        self.coordinate = coordinate
        self.ts = ts
        self.heardAt = heardAt
    }

    public init(_ location: UserLocation) {
        self.init(
            user: location.user, coordinate: location.coordinate, ts: location.ts,
            heardAt: location.heardAt)
    }
}

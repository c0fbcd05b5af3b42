public import Geo

/// Somebody nearby who is not a friend: a pseudonym in a cell, never a person at a point.
public struct Stranger: Hashable, Sendable, Identifiable {
    /// Different for every observer, and changed with the cell and every 15 minutes.
    public var sid: String
    public var id: String { sid }
    /// The published cell.
    public var cell: Geohash
    /// The centre of the cell.
    public var center: Coordinate
    /// Milliseconds since the Unix epoch, in whole minutes.
    public var timestamp: Int64
    /// Metres from the centre of the own blurred cell to the centre of this one.
    public var distance: Double

    public init(sid: String, cell: Geohash, center: Coordinate, timestamp: Int64, distance: Double) {
        self.sid = sid
        self.cell = cell
        self.center = center
        self.timestamp = timestamp
        self.distance = distance
    }
}

/// The cells through which strangers are looked for.
public struct RoutingCells: Hashable, Sendable {
    public var precision: Int
    public var cell: Geohash
    /// The cell and its neighbours: nine, six at a pole.
    public var cells: [Geohash]
}

/// The state of strangers' mode.
public enum StrangersStatus: Hashable, Sendable {
    /// The reason is `expired`, `suspended` or `hidden_place` if the server ended it.
    case off(reason: String?)
    case on(Details)

    public struct Details: Hashable, Sendable {
        public var radius: Double
        public var routing: RoutingCells
        /// Milliseconds since the Unix epoch.
        public var expiresAt: Int64
        /// Whether the own user is not published, for want of others nearby.
        public var isTooFew: Bool
        public var items: [Stranger]
    }
}

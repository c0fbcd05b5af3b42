public import Geo

/// Everything that a client knows, at one moment.
public struct NearbySnapshot: Hashable, Sendable {
    public var connection: ConnectionState
    /// `nil` before the first welcome.
    public var settings: SessionSettings?
    /// The own newest position; `nil` before the first.
    public var position: Coordinate?
    /// Friends within the radius that were told, nearest first, those at the same distance by id. Their `distance`
    /// is measured from ``position``, their profile is there.
    public var friends: [Friend]
    /// How many there are within the radius, told or not.
    public var total: Int
    /// Whether ``Nearby/more()`` would bring friends.
    public var hasMore: Bool
    /// Strangers by pseudonym, in its order.
    public var strangers: StrangersStatus
}

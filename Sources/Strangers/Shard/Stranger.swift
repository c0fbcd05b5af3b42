public import Geo

/// One stranger as an observer is told of it. Nothing in it comes from a true position.
public struct Stranger: Equatable, Sendable {
    public let sid: Sid
    /// The published cell.
    public let cell: Geohash
    /// The published cell's centre.
    public let center: Coordinate
    /// When the stranger was there, milliseconds since the Unix epoch, in whole minutes.
    public let timestamp: Int64
    /// Metres from the centre of the observer's blurred cell to ``center``.
    public let distance: Double
}

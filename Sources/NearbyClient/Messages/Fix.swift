public import Geo

/// A position of the own user, and when it was taken.
public struct Fix: Hashable, Sendable {
    public var position: Coordinate
    /// Milliseconds since the Unix epoch, UTC.
    public var timestamp: Int64

    public init(position: Coordinate, timestamp: Int64) {
        self.position = position
        self.timestamp = timestamp
    }
}

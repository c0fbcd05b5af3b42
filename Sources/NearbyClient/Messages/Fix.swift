public import Geo

/// A position, and when it was taken.
public struct Fix: Hashable, Sendable {
    public var position: Coordinate
    /// Milliseconds since the Unix epoch, UTC.
    public var timestamp: Int64
    /// Metres by which the position may be wrong, as the device says; `nil` if it does not, and in what others sent.
    public var accuracy: Double?

    public init(position: Coordinate, timestamp: Int64, accuracy: Double? = nil) {
        self.position = position
        self.timestamp = timestamp
        self.accuracy = accuracy
    }
}

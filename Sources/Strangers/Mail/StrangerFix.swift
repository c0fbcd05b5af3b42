public import Geo

/// A user's newest accepted location, as strangers' home shard needs it to blur it.
public struct StrangerFix: Equatable, Sendable, BitwiseCopyable {
    public var coordinate: Coordinate
    /// The sender's time of the fix, milliseconds since the Unix epoch.
    public var timestamp: Int64
    /// When the server received it, monotonic milliseconds.
    public var heard: Int64

    public init(coordinate: Coordinate, timestamp: Int64, heard: Int64) {
        self.coordinate = coordinate
        self.timestamp = timestamp
        self.heard = heard
    }

    /// The fix's time in whole minutes since the Unix epoch, all that strangers are told of it.
    var minute: UInt32 {
        UInt32(clamping: timestamp / StrangerLimits.minuteMilliseconds)
    }
}

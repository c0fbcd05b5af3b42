/// One entry of a frame: 16 bytes.
public struct FrameItem: BitwiseCopyable, Sendable {
    public enum Kind: UInt8, BitwiseCopyable, Sendable {
        /// A friend within the radius, with its newest state.
        case shown
        /// The same, for the first time in this session: with its profile.
        case introduced
        case outOfRange
        case inactive
        case stopped
        case unfriended

        /// Whether the friend leaves the list.
        @inline(__always)
        public var isGone: Bool { rawValue >= Kind.outOfRange.rawValue }
    }

    /// The friend's channel on this shard, whose state ``Shard/state(ofChannel:)`` returns; 0 for one
    /// who is followed no more.
    public let channel: UInt32
    public let user: UserIndex
    /// The great-circle distance to the receiver, centimetres; 0 for one who is gone.
    public let centimetres: UInt32
    public let kind: Kind
}

/// What a channel's user is known by when a frame is encoded.
public struct ChannelState: BitwiseCopyable, Sendable {
    public let coordinateE7: (latitude: Int32, longitude: Int32)
    /// The sender's time, milliseconds since the Unix epoch.
    public let timestamp: Int64
    /// Different for every state that a channel of this shard ever had.
    public let version: UInt32
    public let user: UserIndex
}

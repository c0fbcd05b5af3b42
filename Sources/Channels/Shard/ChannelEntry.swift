import Geo

/// One user's channel as one shard knows it: 64 bytes.
struct ChannelEntry: BitwiseCopyable {
    struct Flags: OptionSet, BitwiseCopyable {
        let rawValue: UInt32
        /// The state may be shown: located, sharing and not inactive.
        static let visible = Flags(rawValue: 1)
        static let sharing = Flags(rawValue: 2)
        static let located = Flags(rawValue: 4)
        /// The timer wheel holds this entry.
        static let inWheel = Flags(rawValue: 8)
        /// Nobody is interested any more; freed when the wheel lets go.
        static let released = Flags(rawValue: 16)
    }

    var timestamp: Int64
    var heard: Int64
    var coordinate: Coordinate
    var subscribers: UnsafeMutablePointer<Subscriber>?
    var subscriberCount: UInt16
    var subscriberCapacity: UInt16
    var epoch: UInt32
    var user: UserIndex
    /// Different for every state that any channel of this shard ever had, so that an encoding can be kept.
    var version: UInt32
    var flags: Flags
    /// The first of the user's own sessions on this shard; 0 for none.
    var ownSessions: UInt32
    /// The next entry in the same bucket of the timer wheel.
    var wheelNext: UInt32
    private var padding: UInt32 = 0

    init(user: UserIndex) {
        timestamp = .min
        heard = .min
        coordinate = UserState.unknown.coordinate
        subscribers = nil
        subscriberCount = 0
        subscriberCapacity = 0
        epoch = 0
        self.user = user
        version = 0
        flags = []
        ownSessions = 0
        wheelNext = 0
    }
}

/// Where a channel's user is: 32 bytes, apart from the rest because every check reads it.
struct ChannelPosition: BitwiseCopyable {
    /// A point outside the unit sphere, farther from everyone than any radius reaches: the
    /// position of whoever may not be shown, so that a check needs no branch.
    static let nowhere = ChannelPosition(x: 8, y: 8, z: 8)

    var x: Double
    var y: Double
    var z: Double
    private var padding: Double = 0

    init(x: Double, y: Double, z: Double) {
        self.x = x
        self.y = y
        self.z = z
    }

    init(_ vector: UnitVector) {
        self.init(x: vector.x, y: vector.y, z: vector.z)
    }
}

/// A session's interest in a channel, on the channel's side: 8 bytes.
struct Subscriber: BitwiseCopyable {
    static let shown: UInt16 = 1

    var session: UInt32
    var slot: UInt16
    /// A copy of the session's "shown" bit, so that a publication need not touch the session.
    var flags: UInt16
}

import Geo

/// One session as its shard knows it: 128 bytes, of which 64 are dirty bits.
struct SessionEntry: BitwiseCopyable {
    /// How many follows have their dirty bits inside the entry.
    static let inlineDirtyBits = 512

    struct Flags: OptionSet, BitwiseCopyable {
        let rawValue: UInt32
        /// The welcome is out: frames may follow.
        static let live = Flags(rawValue: 1)
        /// In the list of sessions to be flushed at the end of this tick.
        static let ready = Flags(rawValue: 2)
        /// In a bucket of delayed flushes.
        static let delayed = Flags(rawValue: 4)
        /// The connection holds a frame that it has not passed on yet.
        static let blocked = Flags(rawValue: 8)
        /// The edge asked for a frame although no follow may be dirty.
        static let woken = Flags(rawValue: 16)
        /// Closed while in a list or in its own delivery; freed when that lets go.
        static let closed = Flags(rawValue: 32)
        /// Some follow is dirty.
        static let dirty = Flags(rawValue: 64)
        /// There are farewells or other rarities for this session.
        static let rare = Flags(rawValue: 128)
        /// A frame of this session is being delivered.
        static let delivering = Flags(rawValue: 256)

        /// Somebody holds the session's index, so it may not be given to another session yet.
        static let held: Flags = [.ready, .delayed, .delivering]
    }

    /// Bitmaps and follows in one block: shown, dirty if more than 512, follows.
    var block: UnsafeMutableRawPointer?
    /// When the last frame was handed out, monotonic milliseconds.
    var flushedAt: Int64
    /// Used slots, free ones between them included.
    var slotCount: UInt16
    var slotCapacity: UInt16
    /// First free slot below `slotCount` plus 1; 0 for none.
    var freeSlot: UInt16
    private var padding: UInt16 = 0
    /// The channel of the session's own user.
    var channel: UInt32
    /// The next session of the same user on this shard.
    var nextOwn: UInt32
    /// The next session in the same bucket of delayed flushes.
    var nextDelayed: UInt32
    var flags: Flags
    /// Friends within the radius.
    var shownCount: UInt32
    /// The total that the client was told last.
    var reportedTotal: UInt32
    private var spare: (UInt64, UInt64) = (0, 0)
    private var inlineDirty: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (
        0, 0, 0, 0, 0, 0, 0, 0
    )

    /// Where the inline dirty bits begin: a cache line of their own.
    static let inlineDirtyOffset = 64

    var firstInlineDirty: UInt64 { inlineDirty.0 }

    init(channel: UInt32) {
        block = nil
        flushedAt = .min / 2
        slotCount = 0
        slotCapacity = 0
        freeSlot = 0
        self.channel = channel
        nextOwn = 0
        nextDelayed = 0
        flags = []
        shownCount = 0
        reportedTotal = 0
    }
}

/// Where a session's user is and how far it looks: 32 bytes.
struct SessionPosition: BitwiseCopyable {
    var x: Double
    var y: Double
    var z: Double
    /// The square of the chord of the radius; smaller than 0 shows nobody.
    var limit: Double

    @inline(__always)
    func chordSquared(to p: ChannelPosition) -> Double {
        let dx = p.x - x
        let dy = p.y - y
        let dz = p.z - z
        return dx * dx + dy * dy + dz * dz
    }
}

/// A session's interest in a friend's channel, on the session's side: 8 bytes.
struct Follow: BitwiseCopyable {
    /// The client has had an entry of this friend with its profile.
    static let introduced: UInt16 = 1
    /// Nobody: the slot is free and `back` is the next free slot plus 1.
    static let free: UInt16 = 2

    var channel: UInt32
    /// Where the channel's subscriber list has the other side.
    var back: UInt16
    var flags: UInt16
}

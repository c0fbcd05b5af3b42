/// What a shard has done since it was made. Plain numbers, copied out by the owner.
public struct ShardCounters: Sendable, Equatable {
    /// Locations that were accepted from this shard's sessions.
    public var published: UInt64 = 0
    /// Locations that were ignored because they were not newer than the last one.
    public var stale: UInt64 = 0
    /// States that were applied to a channel, from own sessions and from other shards.
    public var applied: UInt64 = 0
    /// Records received from other shards and threads.
    public var received: UInt64 = 0
    /// Friends' states handed to sessions.
    public var deliveries: UInt64 = 0
    /// Friends that left a session's list.
    public var departures: UInt64 = 0
    public var frames: UInt64 = 0
    /// Channels that became inactive.
    public var expired: UInt64 = 0

    public init() {}
}

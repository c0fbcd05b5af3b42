import Geo

/// A session with strangers on, as its shard keeps it.
struct StrangerSession {
    var id: UInt32
    var user: UInt32
    var radius: Radius
    var requestedPrecision: Int?
    var routing: StrangerRouting
    /// Monotonic milliseconds.
    var expiry: Int64
    /// The same in milliseconds since the Unix epoch.
    var expiryWall: Int64
    /// The next moment for changes; none before the answer.
    var nextTick: Int64 = .max
    /// Before this a change of radius waits for the tick, so that nobody gets more looks by changing it.
    var nextFreeLook: Int64
    /// The entry of the deadlines that counts.
    var armed: Int64 = .max
    /// Whether the owner's decision has come.
    var isReady = false
    /// Whether the host knows that there is something to drain.
    var isMarked = false
    var isTooFew = true
    /// What it follows at other processes, and the cells of precision 4 that this takes.
    var followed: Reach?
    var followedCells: [Geohash] = []
    /// As of the last look; `nil` if nothing was in reach of it.
    var look: Look?
    /// Pseudonyms that the client knows and that are gone.
    var gone: [Sid] = []

    /// What a session's sample was drawn from.
    struct Look {
        var reach: Reach
        /// The index of the reach's group.
        var group: Int
        /// Placements of the shard up to this one were seen by the look, and by the one before it.
        var stamp: UInt64
        var formerStamp: UInt64
        /// Who looked, and in which lifetime of its pseudonyms.
        var identity: StrangerIdentity
        var lifetime: UInt32

        /// Whether a member could be drawn by the look.
        func saw(_ member: Member) -> Bool {
            member.stamp <= stamp && !(member.hasMoved && member.stamp > formerStamp)
        }
    }

    /// When the shard has to look after the session next.
    var nextDue: Int64 { min(nextTick, expiry) }
}

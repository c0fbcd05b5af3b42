/// What a user itself learns of its claim. From the owner to the shards of its sessions.
struct Verdict: Equatable {
    var user: UInt32
    var generation: UInt32
    var identity: StrangerIdentity
    /// What the user's own reach is measured from; `nil` while the user is not among strangers.
    var cell: BlurredCell?
    /// Whether the user is published anywhere.
    var isPublished: Bool
    /// Whether this answers an ``Opening`` of the shard.
    var isAnswer: Bool
}

/// Where a user wants to be published. From the home to the owner of the cell.
struct Claim: Equatable {
    var user: UInt32
    var generation: UInt32
    var identity: StrangerIdentity
    /// `nil` where no cell is large enough to be told.
    var cell: BlurredCell?
    var minute: UInt32
    /// The shards that have sessions of the user with strangers on, as a mask.
    var shards: UInt64
    /// The shard that waits for an answer.
    var asker: Int?
}

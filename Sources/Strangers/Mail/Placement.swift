/// Where a user is published now. From the owner to all shards.
struct Placement: Equatable {
    var user: UInt32
    var generation: UInt32
    var identity: StrangerIdentity
    /// `nil` if too few share any cell.
    var cell: PublishedCell?
    var minute: UInt32
}

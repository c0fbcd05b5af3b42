/// A user is gone from all lists at once. From the owner to all shards.
struct Withdrawal: Equatable {
    var user: UInt32
    var generation: UInt32
    /// Whether it is still among strangers, so that its locations are wanted.
    var isSilent: Bool
}

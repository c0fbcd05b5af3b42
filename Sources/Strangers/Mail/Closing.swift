/// A shard has no session of the user with strangers any more. To the user's home.
struct Closing: Equatable {
    var user: UInt32
    var shard: Int
    /// Whether the connection just ended, so that the user stays published for a while.
    var hasGrace: Bool
}

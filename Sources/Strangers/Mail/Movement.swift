/// A user's position. From the shard that accepted it to the user's home, and from there to the shards with
/// sessions of the user.
struct Movement: Equatable {
    var user: UInt32
    var shard: Int
    var fix: StrangerFix
}

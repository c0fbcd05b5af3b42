/// A session opted in. To the user's home, which answers through the owner with a ``Verdict``.
struct Opening: Equatable {
    var user: UInt32
    var number: Int64
    var shard: Int
    var fix: StrangerFix
}

/// What a user's home shard knows of it while it is among strangers.
struct HomeUser {
    var number: Int64
    var fix: StrangerFix
    /// The shards with sessions of the user, as a mask.
    var shards: UInt64 = 0
    /// When the user vanishes because its last session closed; `nil` while it has one.
    var graceEnd: Int64?
    /// The claim that stands.
    var claim: Standing?
    /// The entry of the deadlines that counts; others of this user are stale.
    var armed: Int64 = .max

    /// What the owner was told last.
    struct Standing {
        var cell: BlurredCell?
        var identity: StrangerIdentity
        var minute: UInt32
        /// When the minute was told, monotonic milliseconds.
        var minuteToldAt: Int64
        /// Whether it is suspended because the user was silent too long.
        var isSilent = false
    }

    /// When something is to be done about the user, if nothing else happens.
    func nextDue(inactivity: Int64) -> Int64? {
        let silent = claim?.isSilent == false ? fix.heard + inactivity : nil
        switch (silent, graceEnd) {
        case (let a?, let b?): return min(a, b)
        case (let a, let b): return a ?? b
        }
    }
}

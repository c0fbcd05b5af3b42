/// A user that has, or just had, sessions with strangers in this process.
struct OwnUser {
    var number: Int64
    var fix: StrangerFix
    /// The shards with sessions of the user, as a mask.
    var shards: UInt64 = 0
    /// When the user vanishes because its last session closed; `nil` while it has one.
    var graceEnd: Int64?
    var presence: OwnPresence?
    /// When the other processes are to be told anew that the user is here; monotonic milliseconds.
    var reassertAt: Int64?

    func nextDue(inactivity: Int64, isShared: Bool) -> Int64 {
        var due = graceEnd ?? .max
        guard let presence, !presence.isSilent else { return due }
        due = min(due, fix.heard + inactivity)
        guard isShared, presence.cell != nil else { return due }
        return min(due, presence.toldAt + StrangerLimits.refreshMilliseconds, reassertAt ?? .max)
    }

    /// As ``Presence/isBetter(than:)``.
    func isBetter(than other: Presence, process: UInt64) -> Bool {
        guard let presence else { return false }
        if (shards != 0) != (other.kind == .live) { return shards != 0 }
        return presence.order != other.order ? presence.order > other.order : process > other.process
    }
}

/// A user with sessions on this shard that have strangers on.
struct StrangerObserver {
    /// The slots of its sessions; never empty.
    var sessions: [Int] = []
    var fix: StrangerFix
    /// The owner's newest word.
    var verdict: Verdict?
}

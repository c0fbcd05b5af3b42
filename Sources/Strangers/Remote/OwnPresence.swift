/// What this process says of a user of its own.
struct OwnPresence {
    /// `nil` where no cell is large enough to be told.
    var cell: BlurredCell?
    var identity: StrangerIdentity
    var born: UInt32
    var minute: UInt32
    var order: UInt64
    /// When it was said last, monotonic milliseconds.
    var toldAt: Int64
    /// Where the others know the user to be, by this process.
    var toldCell: BlurredCell?
    /// Whether it is suspended because the user was silent too long.
    var isSilent = false

    /// Whether the life of the other one is the one to be used.
    func isYounger(than other: Presence) -> Bool {
        born != other.born ? other.born < born : other.identity.life < identity.life
    }
}

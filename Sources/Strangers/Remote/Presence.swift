/// What a process says of a user that has, or just had, sessions with strangers there: all that other processes
/// learn of it.
///
/// Each process speaks for its own sessions only, so no two ever write the same thing, and a late word of one takes
/// nothing away that another said.
struct Presence: Equatable {
    enum Kind: UInt8 {
        /// The user has a session there.
        case live = 0
        /// Its last session there closed less than a minute ago.
        case leaving = 1
        /// Nothing holds the user there any more.
        case gone = 2
        /// The user turned strangers off, stopped sharing or was erased: whatever others said before is void too.
        case withdrawn = 3
        /// It says that the user is in a cell that this process does not follow. Never said, only understood.
        case elsewhere = 4

        var isVisible: Bool { self == .live || self == .leaving }
        /// Whether only something newer brings the user back.
        var isEnd: Bool { self == .gone || self == .withdrawn }
    }

    /// Random, one for each life of a process.
    var process: UInt64
    /// Orders what one process says of one user, and, by wall clocks, what several say: 48 bits.
    var order: UInt64
    var kind: Kind
    var identity: StrangerIdentity
    /// When the life in ``identity`` was drawn, in seconds since the Unix epoch.
    var born: UInt32
    var cell: BlurredCell
    /// Of its newest location, in minutes since the Unix epoch.
    var minute: UInt32

    /// Whether the user's life here is the one to be used rather than the other.
    func isOlder(than other: Presence) -> Bool {
        born != other.born ? born < other.born : identity.life < other.identity.life
    }

    /// Whether this says where the user is, rather than the other.
    func isBetter(than other: Presence) -> Bool {
        if (kind == .live) != (other.kind == .live) { return kind == .live }
        return order != other.order ? order > other.order : process > other.process
    }

    static let orderMask: UInt64 = 1 << 48 - 1
}

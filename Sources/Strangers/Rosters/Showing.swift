/// One stranger that a session is shown: 20 bytes. Linked with the other showings of the same member, so that a
/// withdrawal finds them.
struct Showing: BitwiseCopyable {
    var member: UInt32
    /// Where the member was published when it was chosen: its pseudonym follows from that.
    var cell: PublishedCell
    var next = Showings.none
    var previous = Showings.none
    private var minuteAndFlags: UInt32

    init(member: UInt32, cell: PublishedCell, minute: UInt32) {
        self.member = member
        self.cell = cell
        minuteAndFlags = minute & Self.minuteMask | Self.pendingBit
    }

    /// What stands where a session has room for one more.
    static let unused = Showing(member: 0, cell: PublishedCell(code: 1)!, minute: 0)

    /// The minute that the client is told, as it was at the session's last tick.
    var minute: UInt32 { minuteAndFlags & Self.minuteMask }
    /// Whether the client is to be told of it with the next frame.
    var isPending: Bool { minuteAndFlags & Self.pendingBit != 0 }
    /// Whether the client was told of it.
    var isTold: Bool { minuteAndFlags & Self.toldBit != 0 }

    mutating func setMinute(_ minute: UInt32) {
        minuteAndFlags = minuteAndFlags & ~Self.minuteMask | minute & Self.minuteMask
    }

    mutating func setPending() { minuteAndFlags |= Self.pendingBit }

    mutating func setTold() { minuteAndFlags = minuteAndFlags & ~Self.pendingBit | Self.toldBit }

    private static let pendingBit: UInt32 = 1 << 31
    private static let toldBit: UInt32 = 1 << 30
    /// Minutes fit until the year 4011.
    private static let minuteMask: UInt32 = 1 << 30 - 1
}

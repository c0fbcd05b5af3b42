/// What one shard tells another: 48 bytes of plain numbers, no reference and no text.
///
/// Which fields mean what is decided by ``kind``; the rooms that use records give each kind a
/// constructor and typed readers of its own. Kinds below ``Record/firstRosterKind`` belong to
/// the friends' channels (`Channels`), the others to the cells' rosters (`Strangers`).
public struct Record: BitwiseCopyable, Sendable, Equatable {
    /// The first kind that belongs to the rosters of cells.
    public static let firstRosterKind: UInt8 = 64

    public var kind: UInt8
    public var flags: UInt8
    public var count: UInt16
    /// The user that the record is about, as a dense index.
    public var user: UInt32
    /// Orders what is said of one user; a lower epoch never overrides a higher one.
    public var epoch: UInt32
    /// A second user, a session or a shard.
    public var other: UInt32
    public var first: UInt64
    public var second: UInt64
    public var third: UInt64
    /// When the server received what the record says, monotonic milliseconds.
    public var heard: Int64

    public init(
        kind: UInt8, flags: UInt8 = 0, count: UInt16 = 0, user: UInt32, epoch: UInt32 = 0, other: UInt32 = 0,
        first: UInt64 = 0, second: UInt64 = 0, third: UInt64 = 0, heard: Int64 = 0
    ) {
        self.kind = kind
        self.flags = flags
        self.count = count
        self.user = user
        self.epoch = epoch
        self.other = other
        self.first = first
        self.second = second
        self.third = third
        self.heard = heard
    }
}

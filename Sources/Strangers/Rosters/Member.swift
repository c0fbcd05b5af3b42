/// A user who opted in to strangers, as every shard knows it: 32 bytes.
struct Member: BitwiseCopyable {
    var identity: StrangerIdentity
    /// The number of the placement that put it where it is, and in the lowest bit whether it was published
    /// elsewhere before.
    private var placement: UInt64
    /// Where it stands in the tree; the node is ``CellTree/none`` while it is not published.
    var place: CellTree.Place
    var user: UInt32
    /// Of its newest location, in minutes since the Unix epoch.
    var minute: UInt32

    init(identity: StrangerIdentity, user: UInt32, minute: UInt32) {
        self.identity = identity
        self.user = user
        self.minute = minute
        placement = 0
        place = CellTree.Place(node: CellTree.none, position: 0)
    }

    var isPublished: Bool { place.node != CellTree.none }
    /// Counts the placements of the shard; later ones are higher.
    var stamp: UInt64 { placement >> 1 }
    /// Whether somebody may still be shown another pseudonym of it.
    var hasMoved: Bool { placement & 1 == 1 }

    mutating func setPlacement(stamp: UInt64, hasMoved: Bool) { placement = stamp << 1 | (hasMoved ? 1 : 0) }
}

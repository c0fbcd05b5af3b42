import Geo

/// One shard's replica of all members: by user, and by published cell.
///
/// What is heard of a user is ordered by its generation, also after it was withdrawn, so that a late record
/// of an earlier owner neither moves it back nor brings it back.
struct Members {
    private struct Entry: BitwiseCopyable {
        var member = CellTree.none
        var generation: UInt32 = 0
    }

    private(set) var tree = CellTree()
    /// Counts placements; ``Member/stamp``.
    private(set) var stamp: UInt64 = 1
    private var slots: [Member] = []
    private var released: [UInt32] = []
    /// By user index.
    private var entries: [Entry] = []

    init() {}

    subscript(member: UInt32) -> Member { slots[Int(member)] }

    /// How many users are published.
    private(set) var publishedCount = 0

    /// The number of slots, used or not.
    var slotCount: Int { slots.count }

    func find(user: UInt32) -> UInt32? {
        guard Int(user) < entries.count, entries[Int(user)].member != CellTree.none else { return nil }
        return entries[Int(user)].member
    }

    /// The cell that a member is published in.
    func cell(of member: UInt32) -> PublishedCell? {
        let node = slots[Int(member)].place.node
        return node == CellTree.none
            ? nil : CoarseCell(tree.nodes[Int(node)].cell).flatMap { PublishedCell(code: $0.code) }
    }

    /// Whether nothing newer than a placement is known of its user.
    func isNews(_ placement: Placement) -> Bool {
        Int(placement.user) >= entries.count || placement.generation >= entries[Int(placement.user)].generation
    }

    /// Puts a user into a cell, or nowhere; ignored if something newer is known.
    mutating func place(_ placement: Placement) {
        guard accept(placement.user, placement.generation) else { return }
        let member = find(user: placement.user) ?? add(placement)
        slots[Int(member)].identity = placement.identity
        slots[Int(member)].minute = placement.minute
        guard cell(of: member) != placement.cell else { return }
        let hasMoved = slots[Int(member)].isPublished || slots[Int(member)].hasMoved
        removeFromTree(member)
        if let cell = placement.cell {
            slots[Int(member)].place = tree.insert(member, in: cell.geohash)
            publishedCount += 1
        }
        stamp += 1
        slots[Int(member)].setPlacement(stamp: stamp, hasMoved: hasMoved)
    }

    mutating func setMinute(_ minute: UInt32, of user: UInt32, generation: UInt32) {
        guard accept(user, generation), let member = find(user: user) else { return }
        slots[Int(member)].minute = minute
    }

    /// Notes that a user is withdrawn; ignored if something newer is known.
    ///
    /// - Returns: the member, if there was one: to be hidden everywhere, then removed or unpublished.
    mutating func withdraw(_ user: UInt32, generation: UInt32) -> UInt32? {
        accept(user, generation) ? find(user: user) : nil
    }

    mutating func unpublish(_ member: UInt32) {
        let hasMoved = slots[Int(member)].isPublished || slots[Int(member)].hasMoved
        removeFromTree(member)
        stamp += 1
        slots[Int(member)].setPlacement(stamp: stamp, hasMoved: hasMoved)
    }

    mutating func remove(_ member: UInt32) {
        removeFromTree(member)
        entries[Int(slots[Int(member)].user)].member = CellTree.none
        released.append(member)
    }

    private mutating func accept(_ user: UInt32, _ generation: UInt32) -> Bool {
        if Int(user) >= entries.count {
            entries.append(contentsOf: repeatElement(Entry(), count: Int(user) + 1 - entries.count))
        }
        guard generation >= entries[Int(user)].generation else { return false }
        entries[Int(user)].generation = generation
        return true
    }

    private mutating func add(_ placement: Placement) -> UInt32 {
        let member = Member(identity: placement.identity, user: placement.user, minute: placement.minute)
        let index: UInt32
        if let free = released.popLast() {
            index = free
            slots[Int(index)] = member
        } else {
            index = UInt32(slots.count)
            slots.append(member)
        }
        entries[Int(placement.user)].member = index
        return index
    }

    private mutating func removeFromTree(_ member: UInt32) {
        let place = slots[Int(member)].place
        guard place.node != CellTree.none else { return }
        publishedCount -= 1
        if let moved = tree.remove(at: place) { slots[Int(moved)].place = place }
        slots[Int(member)].place.node = CellTree.none
    }
}

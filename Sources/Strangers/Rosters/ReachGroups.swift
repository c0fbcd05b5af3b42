import Geo

/// The urns of every reach that some session has, found once and shared by all sessions of the same reach.
///
/// A group looks again only when the tree has changed its shape, and only when somebody asks.
struct ReachGroups {
    private struct Group {
        var reach: Reach
        var sessionCount = 0
        var shape: UInt64 = 0
        var urns: [Urn] = []
    }

    private var groups: [Group] = []
    private var indexOfReach: [Reach: Int] = [:]
    private var released: [Int] = []

    init() {}

    /// Counts one more session in.
    ///
    /// - Returns: the group's index.
    mutating func join(_ reach: Reach) -> Int {
        let index = indexOfReach[reach] ?? add(reach)
        groups[index].sessionCount += 1
        return index
    }

    mutating func leave(_ index: Int) {
        groups[index].sessionCount -= 1
        guard groups[index].sessionCount == 0 else { return }
        indexOfReach[groups[index].reach] = nil
        groups[index].urns = []
        released.append(index)
    }

    /// The urns of a group, as the tree is now.
    mutating func urns(of index: Int, in tree: CellTree) -> [Urn] {
        if groups[index].shape != tree.shape {
            groups[index].urns.removeAll(keepingCapacity: true)
            tree.collectUrns(in: groups[index].reach, into: &groups[index].urns)
            groups[index].shape = tree.shape
        }
        return groups[index].urns
    }

    /// How many sessions would be shown somebody who is published in a cell.
    func sessionCount(reaching cell: Geohash) -> Int {
        groups.reduce(0) { sum, group in
            group.sessionCount > 0 && group.reach.contains(cell) ? sum + group.sessionCount : sum
        }
    }

    private mutating func add(_ reach: Reach) -> Int {
        let index: Int
        if let free = released.popLast() {
            index = free
            groups[index] = Group(reach: reach)
        } else {
            index = groups.count
            groups.append(Group(reach: reach))
        }
        indexOfReach[reach] = index
        return index
    }
}

/// Draws members from the urns of a reach, and keeps the memory that drawing needs.
struct Sampler {
    private var shuffle = SparseShuffle()
    private var urns: [Urn] = []
    /// The number of members in each urn and all before it.
    private var ends: [Int] = []

    /// Drawn members that were out of sight of the session's last look.
    private(set) var newcomers: [UInt32] = []
    /// The other drawn members.
    private(set) var others: [UInt32] = []

    /// By member: the drawing in which it was marked.
    private var marks: [UInt32] = []
    private var drawing: UInt32 = 0

    init() {}

    /// Draws a random subset of at most `limit` of the members in some urns that satisfy `isEligible`: each subset of that
    /// size as likely as the other, all of them if there are no more.
    mutating func draw(
        atMost limit: Int, from urns: [Urn], of members: Members, _ random: inout StrangerRandom,
        isEligible: (UInt32) -> Bool, isNewcomer: (UInt32) -> Bool
    ) {
        start(urns, members)
        var count = 0
        while count < limit, let number = shuffle.next(&random) {
            let member = member(number, in: members.tree)
            guard isEligible(member) else { continue }
            count += 1
            if isNewcomer(member) { newcomers.append(member) } else { others.append(member) }
        }
    }

    private mutating func start(_ urns: [Urn], _ members: Members) {
        self.urns = urns
        ends.removeAll(keepingCapacity: true)
        newcomers.removeAll(keepingCapacity: true)
        others.removeAll(keepingCapacity: true)
        var total = 0
        for urn in urns {
            let node = Int(urn.node)
            total += urn.isWhole ? Int(members.tree.nodes[node].count) : members.tree.rosters[node].count
            ends.append(total)
        }
        shuffle.start(count: total)
        drawing &+= 1
        marks.append(contentsOf: repeatElement(0, count: max(0, members.slotCount - marks.count)))
    }

    private func member(_ number: Int, in tree: CellTree) -> UInt32 {
        var (low, high) = (0, ends.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] > number { high = middle } else { low = middle + 1 }
        }
        let offset = low == 0 ? number : number - ends[low - 1]
        let node = urns[low].node
        return urns[low].isWhole ? tree.entry(offset, below: node) : tree.rosters[Int(node)][offset]
    }

    // MARK: Marks

    mutating func mark(_ member: UInt32) { marks[Int(member)] = drawing }

    func isMarked(_ member: UInt32) -> Bool { marks[Int(member)] == drawing }
}

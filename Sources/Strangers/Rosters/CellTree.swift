import Geo

/// Who is in which cell: dense rosters by cell, the count of everyone inside for every ancestor, and the way
/// down from the whole Earth to the cells that have somebody.
///
/// Nodes stay when they become empty, so that the tree keeps its shape while people come and go; they are
/// swept when they are the majority. ``shape`` changes whenever a list of nodes that was
/// collected may have become incomplete or wrong. Adding and removing cost O(1): a table look-up and a count in
/// each of at most six ancestors.
struct CellTree {
    /// Where an entry stands.
    struct Place: BitwiseCopyable {
        var node: UInt32
        var position: UInt32
    }

    struct Node: BitwiseCopyable {
        var cell: Geohash
        /// How many entries are in this cell's roster and in those of all cells inside it.
        var count: UInt32 = 0
        var parent: UInt32
        var firstChild = CellTree.none
        var nextSibling: UInt32
    }

    static let none = UInt32.max

    private(set) var nodes: [Node] = []
    /// The entries published in exactly this cell, in no order, by node.
    private(set) var rosters: [[UInt32]] = []
    /// Grows with every node that is made or swept.
    private(set) var shape: UInt64 = 1
    private(set) var firstRoot = CellTree.none
    private var nodeOfCell: [Geohash: UInt32] = [:]
    private var released: [UInt32] = []
    private var emptyCount = 0

    init() {}

    /// How many entries are in a cell or in cells inside it.
    func count(in cell: Geohash) -> Int {
        nodeOfCell[cell].map { Int(nodes[Int($0)].count) } ?? 0
    }

    mutating func insert(_ entry: UInt32, in cell: Geohash) -> Place {
        let node = node(for: cell)
        let place = Place(node: node, position: UInt32(rosters[Int(node)].count))
        rosters[Int(node)].append(entry)
        var ancestor = node
        while ancestor != Self.none {
            if nodes[Int(ancestor)].count == 0 { emptyCount -= 1 }
            nodes[Int(ancestor)].count += 1
            ancestor = nodes[Int(ancestor)].parent
        }
        return place
    }

    /// Takes an entry out; the last of its roster takes its position.
    ///
    /// - Returns: the entry that now has `place`, or `nil` if nobody moved.
    mutating func remove(at place: Place) -> UInt32? {
        let node = Int(place.node)
        let last = rosters[node].removeLast()
        let moves = Int(place.position) < rosters[node].count
        if moves { rosters[node][Int(place.position)] = last }
        var ancestor = place.node
        while ancestor != Self.none {
            nodes[Int(ancestor)].count -= 1
            if nodes[Int(ancestor)].count == 0 { emptyCount += 1 }
            ancestor = nodes[Int(ancestor)].parent
        }
        sweepIfMostlyEmpty()
        return moves ? last : nil
    }

    /// Every entry in a cell and in the cells inside it.
    func forEachEntry(in cell: Geohash, _ body: (UInt32) -> Void) {
        guard let node = nodeOfCell[cell] else { return }
        forEachEntry(below: node, body)
    }

    private func forEachEntry(below node: UInt32, _ body: (UInt32) -> Void) {
        guard nodes[Int(node)].count > 0 else { return }
        rosters[Int(node)].forEach(body)
        forEachChild(of: node) { forEachEntry(below: $0, body) }
    }

    /// The entry of a number in 0 ..< count, counted through a cell and the cells inside it.
    func entry(_ number: Int, below node: UInt32) -> UInt32 {
        var (node, number) = (Int(node), number)
        while number >= rosters[node].count {
            number -= rosters[node].count
            node = Int(nodes[node].firstChild)
            while number >= Int(nodes[node].count) {
                number -= Int(nodes[node].count)
                node = Int(nodes[node].nextSibling)
            }
        }
        return rosters[node][number]
    }

    @inline(__always)
    func forEachChild(of node: UInt32, _ body: (UInt32) -> Void) {
        var child = node == Self.none ? firstRoot : nodes[Int(node)].firstChild
        while child != Self.none {
            body(child)
            child = nodes[Int(child)].nextSibling
        }
    }
}

// MARK: Making and sweeping nodes

extension CellTree {
    private mutating func node(for cell: Geohash) -> UInt32 {
        if let node = nodeOfCell[cell] { return node }
        let isRoot = cell.precision == 1
        let parent = isRoot ? Self.none : node(for: cell.parent(precision: cell.precision - 1))
        let sibling = isRoot ? firstRoot : nodes[Int(parent)].firstChild
        let node = add(Node(cell: cell, parent: parent, nextSibling: sibling))
        if isRoot { firstRoot = node } else { nodes[Int(parent)].firstChild = node }
        nodeOfCell[cell] = node
        shape += 1
        emptyCount += 1
        return node
    }

    private mutating func add(_ node: Node) -> UInt32 {
        if let index = released.popLast() {
            nodes[Int(index)] = node
            return index
        }
        nodes.append(node)
        rosters.append([])
        return UInt32(nodes.count - 1)
    }

    /// Fewer empty nodes than this are never worth a sweep.
    private static let sweptMinimum = 1_024

    private mutating func sweepIfMostlyEmpty() {
        guard emptyCount > Self.sweptMinimum, emptyCount > nodeOfCell.count / 2 else { return }
        firstRoot = sweep(from: firstRoot)
        shape += 1
    }

    /// Releases the empty nodes of a list of siblings and of everything below them.
    ///
    /// - Returns: the first sibling that stays.
    private mutating func sweep(from first: UInt32) -> UInt32 {
        var (head, tail, node) = (Self.none, Self.none, first)
        while node != Self.none {
            let next = nodes[Int(node)].nextSibling
            nodes[Int(node)].firstChild = sweep(from: nodes[Int(node)].firstChild)
            if nodes[Int(node)].count == 0 {
                release(node)
            } else {
                if tail == Self.none { head = node } else { nodes[Int(tail)].nextSibling = node }
                tail = node
            }
            node = next
        }
        if tail != Self.none { nodes[Int(tail)].nextSibling = Self.none }
        return head
    }

    private mutating func release(_ node: UInt32) {
        nodeOfCell[nodes[Int(node)].cell] = nil
        rosters[Int(node)] = []
        released.append(node)
        emptyCount -= 1
    }
}

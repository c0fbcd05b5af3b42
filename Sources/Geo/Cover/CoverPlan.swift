/// The least cover of a tree within a budget, by dynamic programming over the numbers of cells.
///
/// Every node gets a table of what it can do with how many cells, from the tables of its parts. What cannot
/// be in the best cover is left out from the beginning: a division, or a whole cell, that makes a cover exceed
/// the bound of the priced tree by more than a known cover does.
struct CoverPlan<Area: Region> {
    /// How the table of a node came about, to go back from a number of cells to the cells.
    private struct Origin {
        let index: Int
        /// The node is one cell for so many cells or fewer.
        let oneCellUntil: Int
        /// The fewest cells with which it is divided.
        let fewest: Int
        /// Its parts in the order in which they were merged, each with its own fewest cells and its shares.
        let parts: [(origin: Int, fewest: Int, shares: [Int32])]
    }

    private let tree: CellTree<Area>
    private let priced: PricedTree
    private let excess: [Double]
    private let budget: Int
    /// By how much a cover may exceed the bound to be looked at.
    private let allowance: Double
    private var origins: [Origin] = []
    private var table = AreaTable(fewest: 1, areas: [.infinity])

    /// - Parameter excess: of dividing each node of the tree.
    init(_ tree: CellTree<Area>, _ priced: PricedTree, excess: [Double], budget: Int) {
        self.tree = tree
        self.priced = priced
        self.excess = excess
        self.budget = budget
        // The cheapest cover at this price is known; it exceeds the bound by what it leaves of the budget.
        allowance = Double(budget - priced.count) * priced.price + priced.cost * Self.rounding
        table = plan(0, excessOfParent: 0, budget: budget)
    }

    /// The share of a cost by which sums may be off.
    static var rounding: Double { 1e-12 }

    /// By how much the cover exceeds the bound from below for all covers within the budget.
    var gap: Double {
        (table.areas.last ?? 0) - (priced.cost - Double(budget) * priced.price) + priced.cost * Self.rounding
    }

    /// The cells of the cover, in ascending order.
    var cells: [Geohash] {
        var cells: [Geohash] = []
        collect(origins.count - 1, count: table.fewest + table.areas.count - 1, into: &cells)
        return cells.sorted()
    }
}

// MARK: - Tables

extension CoverPlan {
    /// The table of a node, with its origin appended to the list.
    private mutating func plan(_ index: Int, excessOfParent: Double, budget: Int) -> AreaTable {
        let node = tree.nodes[index]
        let isDivisible = excess[index] <= allowance && !node.children.isEmpty
        let divided =
            isDivisible ? planParts(node.children, excess: excess[index], budget: budget) : nil
        guard let divided else {
            origins.append(Origin(index: index, oneCellUntil: budget, fewest: 1, parts: []))
            return AreaTable(fewest: 1, areas: [node.squareMetres])
        }
        let keeping = excessOfParent + priced.excessOfKeeping(index, squareMetres: node.squareMetres)
        let (table, until) =
            keeping <= allowance
            ? divided.table.orOneCell(squareMetres: node.squareMetres) : (divided.table, 0)
        origins.append(
            Origin(index: index, oneCellUntil: until, fewest: divided.table.fewest, parts: divided.parts))
        return table
    }

    /// The table of all parts together; `nil` if they are too many for the budget. Each part leaves at least
    /// one cell to every other.
    private mutating func planParts(
        _ children: Range<Int>, excess: Double, budget: Int
    ) -> (table: AreaTable, parts: [(origin: Int, fewest: Int, shares: [Int32])])? {
        guard children.count <= budget else { return nil }
        var table = AreaTable(fewest: 0, areas: [0])
        var parts: [(origin: Int, fewest: Int, shares: [Int32])] = []
        for child in children {
            let part = plan(child, excessOfParent: excess, budget: budget - children.count + 1)
            let cellsOfOthers = children.upperBound - child - 1
            guard let (merged, shares) = table.merged(with: part, budget: budget - cellsOfOthers) else {
                return nil
            }
            table = merged
            parts.append((origins.count - 1, part.fewest, shares))
        }
        return (table, parts)
    }

    /// Collects the cells of a node that has `count` cells to use.
    private func collect(_ origin: Int, count: Int, into cells: inout [Geohash]) {
        let node = origins[origin]
        guard count > node.oneCellUntil else {
            cells.append(tree.nodes[node.index].cell)
            return
        }
        var rest = count - node.fewest
        for part in node.parts.reversed() {
            rest = min(rest, part.shares.count - 1)
            let share = Int(part.shares[rest])
            collect(part.origin, count: part.fewest + share, into: &cells)
            rest -= share
        }
    }
}

/// The cheapest covers of all nodes of a tree when a cell costs as much as some square metres.
///
/// With a price there is no budget, so every node decides alone: its own cell, or the best of its parts. What
/// comes out is a bound from below for every cover: one of n cells costs its area and n times the price,
/// which cannot be less than the cheapest. (Lagrangian relaxation; H. Everett, "Generalized Lagrange Multiplier
/// Method", Operations Research 11, 1963.)
struct PricedTree {
    /// Square metres for a cell.
    let price: Double
    /// The cheapest cover of each node, in square metres with the price of its cells.
    private var costs: [Double]
    /// The same if the node must be divided; for one that is not yet divided, a bound from below.
    private var dividedCosts: [Double]
    /// The number of cells of the cheapest covers; the fewer where two cost the same.
    private var counts: [Int]

    init<Area>(_ tree: CellTree<Area>, price: Double) {
        self.price = price
        let nodes = tree.nodes
        costs = Array(repeating: 0, count: nodes.count)
        dividedCosts = costs
        counts = Array(repeating: 1, count: nodes.count)
        for index in nodes.indices.reversed() {
            let node = nodes[index]
            var (divided, count) = (0.0, 0)
            for child in node.children {
                divided += costs[child]
                count += counts[child]
            }
            if node.children.isEmpty {
                divided = node.parts == 0 ? .infinity : Double(node.parts.nonzeroBitCount) * price
            }
            dividedCosts[index] = divided
            costs[index] = node.squareMetres + price
            guard !node.children.isEmpty, divided < costs[index] else { continue }
            costs[index] = divided
            counts[index] = count
        }
    }

    /// The cheapest cover of all: its cost and its number of cells.
    var cost: Double { costs[0] }
    var count: Int { counts[0] }

    /// The least price at which the cheapest cover keeps within a budget, nearly: the one that bounds best.
    static func within<Area>(budget: Int, _ tree: CellTree<Area>) -> PricedTree {
        let free = PricedTree(tree, price: 0)
        guard free.count > budget else { return free }
        // At the area of the largest cell no division is worth a cell more. Halve the span of the exponents.
        var high = tree.nodes.dropFirst().reduce(0) { max($0, $1.squareMetres) }
        var ratio = leastRatio
        var best = PricedTree(tree, price: high)
        for _ in 0..<halvings {
            ratio = ratio.squareRoot()
            let lower = PricedTree(tree, price: high * ratio)
            if lower.count <= budget { (best, high) = (lower, high * ratio) }
        }
        return best
    }

    /// The finest cells are 2⁵⁵ times smaller than the coarsest; the price of one is not less by much more.
    private static let leastRatio = 0x1p-64
    private static let halvings = 20

    /// How much more than the cheapest a cover costs at least in which a node is divided, by node.
    func excessOfDividing<Area>(_ tree: CellTree<Area>) -> [Double] {
        var excess = Array(repeating: 0.0, count: costs.count)
        for (index, node) in tree.nodes.enumerated() {
            for child in node.children {
                excess[child] = excess[index] + max(0, dividedCosts[child] - costs[child])
            }
        }
        return excess
    }

    /// How much more a cover costs in which this node is one cell than one with the cheapest of it.
    func excessOfKeeping(_ index: Int, squareMetres: Double) -> Double {
        squareMetres + price - costs[index]
    }
}

/// The search for the cover of least area within a number of cells.
///
/// Cells are divided where it could help: as long as a cover in which some undivided cell is divided might,
/// by its bound from below, have less area than the best cover so far. When there is no such cell left, the
/// best cover so far is the best of all.
struct BudgetSearch<Area: Region> {
    /// The most divisions in all, in case the outline of a region is so intricate that the proof would take too
    /// long. Discs take a third of the budget.
    static var maximumDivisions: Int { 20_000 }

    private var tree: CellTree<Area>
    private let budget: Int

    /// - Parameter coarsest: the cells of the coarsest precision that meet the region, at most `budget`.
    init(region: Area, coarsest: [Geohash], finest: Int, budget: Int) {
        tree = CellTree(region: region, coarsest: coarsest, finest: finest)
        self.budget = budget
    }

    /// The cells in ascending order.
    mutating func leastCover() -> [Geohash] {
        var divisions = 0
        while true {
            let priced = PricedTree.within(budget: budget, tree)
            let excess = priced.excessOfDividing(tree)
            let plan = CoverPlan(tree, priced, excess: excess, budget: budget)
            let gap = plan.gap
            let worthwhile = tree.nodes.indices.filter { tree.nodes[$0].canBeDivided && excess[$0] <= gap }
            if worthwhile.isEmpty || divisions >= Self.maximumDivisions { return plan.cells }
            for index in worthwhile.prefix(Self.maximumDivisions - divisions) { tree.divide(index) }
            divisions += worthwhile.count
        }
    }
}

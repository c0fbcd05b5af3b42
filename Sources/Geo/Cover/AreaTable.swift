/// The least area that a node can be covered with, by the number of cells that may be used.
struct AreaTable {
    /// The least number of cells that suffices.
    let fewest: Int
    /// The least area with at most `fewest` cells, one more, and so on; more than the last does not help.
    private(set) var areas: [Double]

    init(fewest: Int, areas: [Double]) {
        self.fewest = fewest
        self.areas = areas
        while let last = self.areas.last, self.areas.dropLast().last == last { self.areas.removeLast() }
    }

    /// Two nodes together: for each number of cells the best division among them, and how many cells more than
    /// its fewest the other node gets of them.
    ///
    /// - Returns: `nil` if the budget does not suffice.
    func merged(with other: AreaTable, budget: Int) -> (table: AreaTable, shares: [Int32])? {
        let fewest = fewest + other.fewest
        guard fewest <= budget else { return nil }
        let count = min(areas.count + other.areas.count - 1, budget - fewest + 1)
        var merged = Array(repeating: Double.infinity, count: count)
        var shares = Array(repeating: Int32(0), count: count)
        for own in areas.indices.prefix(count) {
            for share in other.areas.indices.prefix(count - own) {
                let area = areas[own] + other.areas[share]
                guard area < merged[own + share] else { continue }
                merged[own + share] = area
                shares[own + share] = Int32(share)
            }
        }
        return (AreaTable(fewest: fewest, areas: merged), shares)
    }

    /// The same with the choice of one cell instead, and the most cells for which that one is chosen.
    func orOneCell(squareMetres: Double) -> (table: AreaTable, oneCellUntil: Int) {
        let better = areas.drop { $0 >= squareMetres }
        let until = fewest + areas.count - better.count - 1
        let filling = Array(repeating: squareMetres, count: until)
        return (AreaTable(fewest: 1, areas: filling + better), until)
    }
}

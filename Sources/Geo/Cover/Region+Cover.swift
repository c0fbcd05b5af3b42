extension Region {
    /// The cells of one precision that meet this region: all of them, so that every point of the region is in
    /// one, and no other, so that there is no smaller cover of that precision.
    ///
    /// Found from the coarsest cells downward; takes time in proportion to the cells along the border.
    ///
    /// - Parameters:
    ///   - precision: characters, 1 to 12 (precondition).
    ///   - limit: the most cells to return, 0 or more.
    /// - Throws: ``CoverError/Reason/tooManyCells(limit:precision:)``, before more than `limit` are in memory.
    public func cover(precision: Int, limit: Int = Cover.maximumCells) throws(CoverError) -> Cover {
        precondition(1...Geohash.maximumPrecision ~= precision, "a geohash has 1 to 12 characters")
        guard let cells = cells(precision: precision, limit: limit) else {
            throw CoverError(reason: .tooManyCells(limit: limit, precision: precision))
        }
        return Cover(cells: cells, of: self)
    }

    /// Cells of mixed precisions that hold every point of this region, at most `budget` of them, with the least
    /// area together.
    ///
    /// It is the least of all covers of so many cells of these precisions, down to rounding: the search goes on
    /// until no cell is left whose division could lead to a smaller one. Only if that takes more than 20 000
    /// divisions, as for an outline much finer than the cells, it ends with the best cover by those. There may be
    /// fewer cells than the budget where more would not help. A budget of 100 takes about 2 ms for a disc and
    /// 10 ms for a polygon of 5000 edges, one of 10 000 a second or two.
    ///
    /// - Parameters:
    ///   - budget: cells, 1 or more (precondition). More than ``Cover/maximumBudget`` counts as that many, or
    ///     as many as the coarsest precision takes.
    ///   - precisions: the characters a cell may have, within 1 to 12 (precondition).
    /// - Throws: ``CoverError/Reason/budgetTooSmall(needed:precision:)`` if the region meets more than `budget`
    ///   cells of the coarsest precision, as then no cover is small enough.
    public func cover(
        cells budget: Int, precisions: ClosedRange<Int> = 1...Geohash.maximumPrecision
    ) throws(CoverError) -> Cover {
        precondition(budget >= 1, "a cover has at least one cell")
        precondition(
            precisions.lowerBound >= 1 && precisions.upperBound <= Geohash.maximumPrecision,
            "a geohash has 1 to 12 characters")
        let coarsest = cells(precision: precisions.lowerBound, limit: Cover.maximumCells)
        guard let coarsest, coarsest.count <= budget else {
            throw CoverError(
                reason: .budgetTooSmall(needed: coarsest?.count, precision: precisions.lowerBound))
        }
        var search = BudgetSearch(
            region: self, coarsest: coarsest, finest: precisions.upperBound,
            budget: min(budget, max(coarsest.count, Cover.maximumBudget)))
        return Cover(cells: search.leastCover(), of: self)
    }

    private func cells(precision: Int, limit: Int) -> [Geohash]? {
        var search = UniformSearch(region: self, precision: precision, limit: limit)
        return search.allCells()
    }
}

extension Disc {
    /// Whether the cell of the centre and its neighbours hold all of this disc.
    ///
    /// ``NineCellRule`` answers for every centre at a latitude; this is the answer for this very centre, which
    /// the nine may suffice for although it is not certain for one at the border of its cell.
    ///
    /// - Parameter precision: characters, 1 to 12 (precondition).
    public func isCoveredByNine(precision: Int) -> Bool {
        let nine = Geohash(latitude: latitude, longitude: longitude, precision: precision)!.nine
        guard let cover = try? cover(precision: precision, limit: nine.count) else { return false }
        return cover.cells.allSatisfy(nine.contains)
    }

    /// The finest precision at which nine cells hold this very disc; `nil` if they do at none.
    public var ninePrecision: Int? {
        (1...Geohash.maximumPrecision).last { isCoveredByNine(precision: $0) }
    }

    /// The finest precision at which nine cells hold a disc of this radius around every centre at its latitude,
    /// by ``NineCellRule``; `nil` if they do at none.
    public var rulePrecision: Int? {
        (1...Geohash.maximumPrecision).last {
            let largest = NineCellRule.largestRadius(precision: $0, latitude: latitude)
            return largest > 0 && metres <= largest
        }
    }

    /// What there is to know of covering this disc with cells of one precision.
    ///
    /// - Parameters:
    ///   - precision: characters, 1 to 12 (precondition).
    ///   - limit: the most cells, 0 or more.
    /// - Throws: ``CoverError/Reason/tooManyCells(limit:precision:)``.
    public func explanation(
        precision: Int, limit: Int = Cover.maximumCells
    ) throws(CoverError) -> DiscExplanation {
        DiscExplanation(
            precision: precision,
            cover: try cover(precision: precision, limit: limit),
            nineSuffice: isCoveredByNine(precision: precision),
            ninePrecision: ninePrecision,
            rulePrecision: rulePrecision)
    }
}

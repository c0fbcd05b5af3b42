import Geo

/// The least areas of covers by trying everything: all cells down to a precision, and all ways to share cells
/// among parts.
struct ExhaustiveCover<Area: Region> {
    let region: Area
    let finest: Int
    let budget: Int

    /// The least area with at most 0, 1, 2 … cells for a list of cells together; infinite if too few.
    func leastAreas(_ cells: [Geohash]) -> [Double] {
        var least = Array(repeating: 0.0, count: budget + 1)
        for cell in cells where region.relation(to: cell.box) != .outside {
            let own = leastAreas(cell)
            least = least.indices.map { total in
                (0...total).map { least[total - $0] + own[$0] }.min()!
            }
        }
        return least
    }

    private func leastAreas(_ cell: Geohash) -> [Double] {
        var least = Array(repeating: cell.box.squareMetres, count: budget + 1)
        least[0] = .infinity
        guard cell.precision < finest, region.relation(to: cell.box) == .partial else { return least }
        let parts = (0..<32).map { digit in
            Geohash(
                rawValue: (cell.rawValue + 1) | UInt64(digit) << UInt64(59 - 5 * cell.precision))!
        }
        return zip(least, leastAreas(parts)).map(min)
    }
}

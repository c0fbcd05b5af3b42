import Geo

/// Finding the cells in reach: down from the largest cells, leaving out whatever is too far away, taking
/// whatever is certainly near as a whole.
///
/// A cell is never nearer than one it is inside of, and never farther than the longest way through
/// that one, so the search is exact at every radius and latitude, at the poles and across the
/// antimeridian, as ``Geohash/gap(to:)`` is.
extension CellTree {
    /// Appends the urns whose entries are exactly those in reach.
    func collectUrns(in reach: Reach, into urns: inout [Urn]) {
        let own = reach.cell.geohash
        let search = ReachSearch(own: own, south: own.box.south, north: own.box.north, radius: reach.radius)
        forEachChild(of: Self.none) { collectUrns(below: $0, search, &urns) }
    }

    private func collectUrns(below node: UInt32, _ search: ReachSearch, _ urns: inout [Urn]) {
        let cell = nodes[Int(node)].cell
        guard search.mayReach(cell) else { return }
        let gap = search.own.gap(to: cell)
        let hasChildren = nodes[Int(node)].firstChild != Self.none
        if hasChildren, gap + CellDiameter.metres(precision: cell.precision) < search.radius {
            urns.append(Urn(node: node, isWhole: true))
            return
        }
        if gap <= search.radius, cell.precision >= StrangerLimits.coarsestPrecision {
            urns.append(Urn(node: node, isWhole: false))
        }
        guard hasChildren, gap <= search.radius + ReachSearch.slack else { return }
        forEachChild(of: node) { collectUrns(below: $0, search, &urns) }
    }
}

/// What a search for the cells in reach keeps at hand.
private struct ReachSearch {
    /// Metres by which a cell may come out farther than one inside it, for rounding.
    static let slack = 1e-3

    let own: Geohash
    let south: Double
    let north: Double
    let radius: Double

    /// A cheap no for cells that are too far to the north or south; the exact answer costs ten times more.
    func mayReach(_ cell: Geohash) -> Bool {
        let box = cell.box
        return max(box.south - north, south - box.north) * Self.metresPerDegree <= radius + Self.slack
    }

    private static let metresPerDegree = Earth.meanRadius * Double.pi / 180
}

/// The longest way through a cell of a precision, wherever it lies.
private enum CellDiameter {
    /// Metres, by precision; the way along the equator and then north is longer than any.
    private static let byPrecision: [Double] = (0...StrangerLimits.finestPrecision).map { precision in
        let (columnBits, rowBits) = ((5 * precision + 1) / 2, 5 * precision / 2)
        let degrees = 360 / Double(1 << columnBits) + 180 / Double(1 << rowBits)
        return degrees * Earth.meanRadius * Double.pi / 180
    }

    static func metres(precision: Int) -> Double { byPrecision[precision] }
}

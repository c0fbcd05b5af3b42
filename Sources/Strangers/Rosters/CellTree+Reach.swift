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
        let search = ReachSearch(reach)
        forEachChild(of: Self.none) { collectUrns(below: $0, search, &urns) }
    }

    private func collectUrns(below node: UInt32, _ search: ReachSearch, _ urns: inout [Urn]) {
        let cell = nodes[Int(node)].cell
        switch search.place(of: cell) {
        case .outside: return
        case .inside: return urns.append(Urn(node: node, isWhole: true))
        case .partly where cell.precision >= StrangerLimits.coarsestPrecision:
            urns.append(Urn(node: node, isWhole: false))
        case .partly, .edge: break
        }
        forEachChild(of: node) { collectUrns(below: $0, search, &urns) }
    }
}

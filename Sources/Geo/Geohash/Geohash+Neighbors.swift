/// Neighbours by arithmetic on the interleaved bits: with all foreign bits set, a carry runs through them,
/// and with all of them clear a borrow does, so one addition steps a column or a row in place.
extension Geohash {
    /// The adjoining cell of the same precision. Around the Earth columns go on across the antimeridian.
    ///
    /// - Returns: `nil` if it would lie beyond a pole.
    public func neighbor(_ direction: CompassPoint) -> Geohash? {
        guard let row = rowBits(northward: direction.northward) else { return nil }
        return Geohash(truncating: columnBits(eastward: direction.eastward) | row, precision: precision)
    }

    /// The cells around this one, in the order n, ne, e, se, s, sw, w, nw: eight, or five at a pole.
    public var neighbors: [Geohash] { withNeighbors([]) }

    /// This cell, then its ``neighbors``: nine, or six at a pole.
    public var nine: [Geohash] { withNeighbors(CollectionOfOne(self)) }

    private func withNeighbors(_ first: some Collection<Geohash>) -> [Geohash] {
        var cells: [Geohash] = []
        cells.reserveCapacity(first.count + CompassPoint.allCases.count)
        cells.append(contentsOf: first)
        for direction in CompassPoint.allCases {
            if let cell = neighbor(direction) { cells.append(cell) }
        }
        return cells
    }

    /// The column's bits in place, stepped by -1, 0 or 1 columns; wraps around.
    @inline(__always)
    private func columnBits(eastward: Int) -> UInt64 {
        let mask = BitInterleaving.columnMask & Self.mask(precision: precision)
        return Self.step(rawValue, by: eastward, within: mask)
    }

    /// The row's bits in place, stepped by -1, 0 or 1 rows; `nil` beyond a pole.
    @inline(__always)
    private func rowBits(northward: Int) -> UInt64? {
        let mask = BitInterleaving.rowMask & Self.mask(precision: precision)
        let isLastRow = rawValue & mask == (northward > 0 ? mask : 0)
        return northward != 0 && isLastRow ? nil : Self.step(rawValue, by: northward, within: mask)
    }

    @inline(__always)
    private static func step(_ bits: UInt64, by step: Int, within mask: UInt64) -> UInt64 {
        let one = mask & (~mask &+ 1)
        return switch step {
        case 1: ((bits | ~mask) &+ one) & mask
        case -1: ((bits & mask) &- one) & mask
        default: bits & mask
        }
    }
}

/// Neighbours by arithmetic on the interleaved bits: with all foreign bits set, a carry runs through them,
/// and with all of them clear a borrow does, so one addition steps a column or a row in place.
extension Geohash {
    /// The adjoining cell of the same precision. Around the Earth columns go on across the antimeridian.
    ///
    /// - Returns: `nil` if it would lie beyond a pole.
    @inlinable
    public func neighbor(_ direction: CompassPoint) -> Geohash? {
        guard let row = rowBits(northward: direction.northward) else { return nil }
        return Geohash(truncating: columnBits(eastward: direction.eastward) | row, precision: precision)
    }

    /// The cells around this one, in the order n, ne, e, se, s, sw, w, nw: eight, or five at a pole.
    @inlinable
    public var neighbors: [Geohash] { Array(nine.dropFirst()) }

    /// This cell, then its ``neighbors``: nine, or six at a pole. Does not allocate; about 5 ns.
    @inlinable @inline(__always)
    public var nine: NineCells { NineCells(self) }

    /// The column's bits in place, stepped by -1, 0 or 1 columns; wraps around.
    @inlinable @inline(__always)
    func columnBits(eastward: Int) -> UInt64 {
        Self.step(rawValue, by: eastward, within: columnMask)
    }

    /// The row's bits in place, stepped by -1, 0 or 1 rows; `nil` beyond a pole.
    @inlinable @inline(__always)
    func rowBits(northward: Int) -> UInt64? {
        let mask = rowMask
        let isLastRow = rawValue & mask == (northward > 0 ? mask : 0)
        return northward != 0 && isLastRow ? nil : Self.step(rawValue, by: northward, within: mask)
    }

    /// The places of the column's bits in the word.
    @inlinable var columnMask: UInt64 { BitInterleaving.columnMask & Self.mask(precision: precision) }
    /// The places of the row's bits.
    @inlinable var rowMask: UInt64 { BitInterleaving.rowMask & Self.mask(precision: precision) }

    @inlinable @inline(__always)
    static func step(_ bits: UInt64, by step: Int, within mask: UInt64) -> UInt64 {
        let one = mask & (~mask &+ 1)
        return switch step {
        case 1: ((bits | ~mask) &+ one) & mask
        case -1: ((bits & mask) &- one) & mask
        default: bits & mask
        }
    }
}

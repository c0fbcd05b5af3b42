/// A cell and the cells around it, in the order itself, n, ne, e, se, s, sw, w, nw: nine, or six at a pole, where
/// those beyond it are left out. Held in place, without an array.
public struct NineCells: RandomAccessCollection, Hashable, Sendable, BitwiseCopyable {
    @usableFromInline typealias Cells = (
        Geohash, Geohash, Geohash, Geohash, Geohash, Geohash, Geohash, Geohash, Geohash
    )

    @usableFromInline var cells: Cells
    /// 9 or 6.
    public let count: Int

    @inlinable public var startIndex: Int { 0 }
    @inlinable public var endIndex: Int { count }

    /// The cell itself.
    @inlinable public var center: Geohash { cells.0 }

    @inlinable @inline(__always)
    public init(_ cell: Geohash) {
        let (columns, rows) = (cell.columnMask, cell.rowMask)
        let precision = UInt64(truncatingIfNeeded: cell.precision)
        let column = cell.rawValue & columns
        let east = Geohash.step(column, by: 1, within: columns)
        let west = Geohash.step(column, by: -1, within: columns)
        let row = cell.rawValue & rows
        let middle = row | precision
        // Beyond a pole these two are the row at the other pole, and left out below.
        let north = Geohash.step(row, by: 1, within: rows) | precision
        let south = Geohash.step(row, by: -1, within: rows) | precision
        func at(_ column: UInt64, _ row: UInt64) -> Geohash { Geohash(validRawValue: column | row) }
        if row == rows {
            cells = (
                cell, at(east, middle), at(east, south), at(column, south), at(west, south), at(west, middle),
                cell, cell, cell
            )
            count = 6
        } else if row == 0 {
            cells = (
                cell, at(column, north), at(east, north), at(east, middle), at(west, middle), at(west, north),
                cell, cell, cell
            )
            count = 6
        } else {
            cells = (
                cell, at(column, north), at(east, north), at(east, middle), at(east, south), at(column, south),
                at(west, south), at(west, middle), at(west, north)
            )
            count = 9
        }
    }

    @inlinable
    public subscript(index: Int) -> Geohash {
        precondition(0..<count ~= index, "there is no such cell")
        return withUnsafeBytes(of: cells) { $0.load(fromByteOffset: index * 8, as: Geohash.self) }
    }

    /// Calls `body` with each cell, in order, without the checks of an index.
    @inlinable @inline(__always)
    public func forEach(_ body: (Geohash) throws -> Void) rethrows {
        try body(cells.0)
        try body(cells.1)
        try body(cells.2)
        try body(cells.3)
        try body(cells.4)
        try body(cells.5)
        guard count == 9 else { return }
        try body(cells.6)
        try body(cells.7)
        try body(cells.8)
    }

    public static func == (one: NineCells, other: NineCells) -> Bool { one.center == other.center }
    public func hash(into hasher: inout Hasher) { hasher.combine(center) }
}

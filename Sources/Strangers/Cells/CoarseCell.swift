import Geo

/// A geohash of precision 4 to 6 in 32 bits: what the types of coarse cells hold, so that nothing finer
/// fits into them.
///
/// The upper 30 bits are the cell's, the lower two are the precision less 3. 0 is no cell.
struct CoarseCell: Hashable, Sendable, BitwiseCopyable {
    static let none: UInt32 = 0

    let code: UInt32

    /// `nil` if the cell is finer than 6 or coarser than 4.
    init?(_ geohash: Geohash) {
        guard StrangerLimits.coarsestPrecision...StrangerLimits.finestPrecision ~= geohash.precision
        else { return nil }
        code = UInt32(truncatingIfNeeded: geohash.rawValue >> 34) << 2 | UInt32(geohash.precision - 3)
    }

    /// The cell of a number that ``code`` gave; `nil` for any other number.
    init?(code: UInt32) {
        guard code & 3 != 0, Self.geohash(code) != nil else { return nil }
        self.code = code
    }

    var geohash: Geohash { Self.geohash(code)! }

    private static func geohash(_ code: UInt32) -> Geohash? {
        Geohash(rawValue: UInt64(code >> 2) << 34 | UInt64(code & 3 + 3))
    }
}

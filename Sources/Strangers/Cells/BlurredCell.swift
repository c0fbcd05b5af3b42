public import Geo

/// A user's own coarse cell, before anybody decides whether it may be published.
///
/// Past ``Blur``, which alone makes them, strangers know no position, only cells: this type cannot
/// hold anything finer than precision 6.
public struct BlurredCell: Hashable, Sendable, BitwiseCopyable {
    let coarse: CoarseCell

    init?(_ geohash: Geohash) {
        guard let coarse = CoarseCell(geohash) else { return nil }
        self.coarse = coarse
    }

    init?(code: UInt32) {
        guard let coarse = CoarseCell(code: code) else { return nil }
        self.coarse = coarse
    }

    /// The cell, of precision 4 to 6.
    public var geohash: Geohash { coarse.geohash }
}

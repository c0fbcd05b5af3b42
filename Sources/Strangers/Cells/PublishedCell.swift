public import Geo

/// The coarse cell that strangers are told: a blurred cell or one of its ancestors, as
/// ``PublishingRule`` decided. It cannot hold anything finer than precision 6.
public struct PublishedCell: Hashable, Sendable, BitwiseCopyable {
    let coarse: CoarseCell

    /// The part of a blurred cell's ancestry that has `precision`; `nil` if that is not 4 to the cell's own.
    init?(_ cell: BlurredCell, precision: Int) {
        let geohash = cell.geohash
        guard precision >= StrangerLimits.coarsestPrecision, precision <= geohash.precision,
            let coarse = CoarseCell(geohash.parent(precision: precision))
        else { return nil }
        self.coarse = coarse
    }

    init?(code: UInt32) {
        guard let coarse = CoarseCell(code: code) else { return nil }
        self.coarse = coarse
    }

    /// The cell, of precision 4 to 6.
    public var geohash: Geohash { coarse.geohash }
}

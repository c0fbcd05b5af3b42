import Geo

/// Which cell of a user strangers may be told.
///
/// The one place for the rule: who is published where depends on nothing else.
enum PublishingRule {
    /// The finest ancestor of a blurred cell that at least `k` users share.
    ///
    /// - Parameters:
    ///   - precisions: the configured ones, ascending.
    ///   - count: how many users' blurred cells are a cell or inside it.
    /// - Returns: `nil` if no cell is shared by enough: then nothing is published.
    static func publishedCell(
        of blurred: BlurredCell, precisions: [Int], k: Int, count: (Geohash) -> Int
    ) -> PublishedCell? {
        for precision in precisions.reversed() {
            if let cell = PublishedCell(blurred, precision: precision), count(cell.geohash) >= k { return cell }
        }
        return nil
    }
}

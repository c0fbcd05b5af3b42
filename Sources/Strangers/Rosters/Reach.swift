import Geo

/// Which published cells an observer is shown: those with a gap of at most the radius to its own blurred cell.
struct Reach: Hashable, Sendable {
    let cell: BlurredCell
    /// Metres.
    let radius: Double

    func contains(_ published: PublishedCell) -> Bool { contains(published.geohash) }

    func contains(_ cell: Geohash) -> Bool { self.cell.geohash.gap(to: cell) <= radius }
}

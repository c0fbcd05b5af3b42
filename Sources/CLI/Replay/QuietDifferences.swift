import Geo

/// How the lists of clients that stay silent now and then differ from what all fixes say.
struct QuietDifferences: Equatable {
    /// Entries of friends' lists that there have to be.
    var compared = 0
    /// Of those, not shown.
    var missing = 0
    /// Shown, but not to be.
    var extra = 0
    /// How far inside the radius somebody was who was missing, at most, metres.
    var farthestMissing = 0.0
    /// How wrong a distance was that a client shows, at most, metres, and in parts of the true one if that is more than
    /// ``nearestForShare``.
    var distanceError = 0.0
    var distanceErrorShare = 0.0

    /// Below this a part of the distance says nothing, metres.
    static let nearestForShare = 500.0

    var isEmpty: Bool { missing == 0 && extra == 0 }

    /// Compares one friend of one list.
    ///
    /// - Parameters:
    ///   - distance: the true one, metres.
    ///   - shown: the distance that the client shows, `nil` if it does not show the friend.
    mutating func compare(distance: Double, shown: Double?, radius: Double) {
        let isInside = distance <= radius
        if isInside { compared += 1 }
        switch (isInside, shown) {
        case (true, let shown?): compare(distance, shown)
        case (true, nil):
            missing += 1
            farthestMissing = max(farthestMissing, radius - distance)
        case (false, .some): extra += 1
        case (false, nil): break
        }
    }

    private mutating func compare(_ distance: Double, _ shown: Double) {
        let error = (distance - shown).magnitude
        distanceError = max(distanceError, error)
        if distance > Self.nearestForShare { distanceErrorShare = max(distanceErrorShare, error / distance) }
    }

    static func += (a: inout QuietDifferences, b: QuietDifferences) {
        a.compared += b.compared
        a.missing += b.missing
        a.extra += b.extra
        a.farthestMissing = max(a.farthestMissing, b.farthestMissing)
        a.distanceError = max(a.distanceError, b.distanceError)
        a.distanceErrorShare = max(a.distanceErrorShare, b.distanceErrorShare)
    }
}

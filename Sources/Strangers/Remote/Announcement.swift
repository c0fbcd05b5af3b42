import Geo

/// A presence on its way to the other processes.
struct Announcement: Equatable {
    var user: UInt32
    var presence: Presence
    /// The cell of precision 4 whose channel it goes to: the user's own, or the one that it left.
    var cell: Geohash
}

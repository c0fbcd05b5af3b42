internal import Channels

/// A state that is to be written for a user.
struct CacheEntry: Waiting {
    private(set) var state: UserState

    var count: Int { 1 }

    /// The newer one stays, whichever came first.
    mutating func merge(_ later: CacheEntry) {
        if CacheRank(later.state) >= CacheRank(state) { self = later }
    }
}

internal import Channels

/// What is to be written for a user.
enum CacheEntry: Waiting {
    case state(UserState)
    case erased

    var count: Int { 1 }

    /// Of two states the newer one stays, whichever came first.
    mutating func merge(_ later: CacheEntry) {
        if case .state(let own) = self, case .state(let other) = later,
            (own.epoch, own.timestamp) > (other.epoch, other.timestamp)
        {
            return
        }
        self = later
    }
}

import Channels

/// All stores in memory: for tests, demos, and servers that need not remember.
///
/// The same rules as in the database, said plainly, so that the two check each other.
actor InMemoryStore {
    /// Milliseconds.
    let locationTTL: Int64

    var entries: [UserID: UserEntry] = [:]
    /// The user with number n is at n - 1.
    var ids: [UserID] = []
    var friends: [UserID: Set<UserID>] = [:]
    var requests = RequestTable()
    /// By blocker.
    var blocks: [UserID: [BlockKey: BlockEntry]] = [:]
    /// Who blocked a user, in any way.
    var blockers: [UserID: Set<UserID>] = [:]
    var reports: [FiledReport] = []
    var cached: [UserID: UserLocation] = [:]
    /// Sorted by `ts`, each `ts` once.
    var points: [UserID: [HistoryPoint]] = [:]

    init(locationTTL: Duration) {
        self.locationTTL = locationTTL.milliseconds
    }
}

/// All stores of a server, of one kind or mixed.
public struct Stores: Sendable {
    public var users: any UserStore
    public var friendships: any FriendshipStore
    public var blocks: any BlockStore
    public var reports: any ReportStore
    public var cache: any LocationCache
    public var history: any LocationHistory

    public init(
        users: any UserStore, friendships: any FriendshipStore, blocks: any BlockStore,
        reports: any ReportStore, cache: any LocationCache, history: any LocationHistory
    ) {
        self.users = users
        self.friendships = friendships
        self.blocks = blocks
        self.reports = reports
        self.cache = cache
        self.history = history
    }

    /// Stores that end with the process.
    public static func inMemory(locationTTL: Duration = StoreLimits.locationTTL) -> Stores {
        Stores(all: InMemoryStore(locationTTL: locationTTL))
    }

    /// Stores in one SQLite database file, made if it does not exist, readable by its owner only.
    ///
    /// The folder must exist. Beside the file, SQLite keeps two more, `-wal` and `-shm`. Throws
    /// `unavailable` if the file cannot be opened, or is not such a database.
    public static func sqlite(
        at path: String, locationTTL: Duration = StoreLimits.locationTTL
    ) throws(StoreError) -> Stores {
        Stores(all: try SQLiteStore(path: path, locationTTL: locationTTL))
    }

    typealias EveryStore = UserStore & FriendshipStore & BlockStore & ReportStore
        & LocationCache & LocationHistory

    init(all store: some EveryStore) {
        self.init(
            users: store, friendships: store, blocks: store, reports: store, cache: store,
            history: store)
    }
}

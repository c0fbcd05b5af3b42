public import Geo

/// The part of the strangers that one event loop owns.
///
/// Each shard has four roles. For its own sessions it keeps what they are shown, and changes that on each
/// session's own tick. For the users whose *home* it is, it blurs their positions (``Home``). For the cells
/// that it *owns*, it decides who is published where (``Owner``). And it keeps a replica of all members
/// that every owner has published (``Members``), from which its sessions' samples are drawn. Roles talk by
/// letters, which are records between shards; letters to the own shard take the same way.
///
///     session ─opening─▶ home ─claim─▶ owner ─placement─▶ all shards
///                                        └────verdict───▶ the user's own shards
///
/// In a process among others the home also says to those where its users are, and claims what they say: presences, by
/// the channels of cells of precision 4. What follows is the same: counts, decisions and samples are each process' own,
/// of all users that it knows to be there.
///
/// Owned by one event loop, like everything it is told of. It knows no clock, no socket and no text; given the
/// same seed and the same calls it does the same. Not `Sendable`, so the compiler keeps it where it was made.
public final class StrangerShard {
    public let index: Int
    public let settings: StrangerSettings
    let pseudonyms: Pseudonyms
    let map: ShardMap
    unowned let host: any StrangersHost
    unowned let relations: any StrangerRelations

    var home: Home
    var owner: Owner
    var members = Members()
    var groups = ReachGroups()
    var showings: Showings
    var sampler = Sampler()
    var random: StrangerRandom

    /// By slot; a free slot keeps what it had.
    var sessions: [StrangerSession] = []
    var freeSlots: [Int] = []
    var slotOfSession: [UInt32: Int] = [:]
    var observers: [UInt32: StrangerObserver] = [:]
    var deadlines = Deadlines()
    var letterbox: Letterbox
    var events: [(session: UInt32, event: Event)] = []

    /// What the host is to be told at the end of a call.
    enum Event {
        case ready, changed, statusChanged, cellsChanged, waits
        case ended(StrangerEnd)
    }

    /// - Parameters:
    ///   - index: 0 ..< `shardCount`.
    ///   - shardCount: 1 to 64 (precondition).
    ///   - process: random, another for each process and each of its lives; `nil` if there are no other processes.
    ///   - host: not owned; must outlive the shard.
    ///   - relations: not owned; must outlive the shard.
    ///   - generator: gives the seed of all random choices; the system's generator for a server.
    public init(
        index: Int, shardCount: Int, settings: StrangerSettings, pseudonyms: Pseudonyms,
        process: UInt64? = nil, host: any StrangersHost, relations: any StrangerRelations,
        generator: inout some RandomNumberGenerator
    ) {
        precondition(1...StrangerLimits.maximumShards ~= shardCount && 0..<shardCount ~= index)
        self.index = index
        self.settings = settings
        self.pseudonyms = pseudonyms
        self.host = host
        self.relations = relations
        map = ShardMap(shardCount: shardCount)
        home = Home(settings: settings, map: map, process: process)
        owner = Owner(settings: settings)
        showings = Showings(perSession: settings.sampleSize)
        random = StrangerRandom(seededFrom: &generator)
        letterbox = Letterbox(shardCount: shardCount)
    }

    // MARK: Looking in

    /// How many sessions have strangers on, those that wait for their first answer included.
    public var sessionCount: Int { slotOfSession.count }

    /// How many users are published, as this shard knows.
    public var publishedCount: Int { members.publishedCount }

    /// Whether a user is among strangers, published or not: then each of its accepted locations is to be given to
    /// ``moved(user:to:at:)``. Two array look-ups, and a table look-up if the answer is no.
    public func isOn(_ user: UInt32) -> Bool { members.find(user: user) != nil || observers[user] != nil }

    /// How many users are published in a cell or inside it, and how many sessions of this shard would be shown
    /// somebody who is published in exactly this cell.
    ///
    /// Members are the same on every shard; watchers are to be added up over the shards. Costs a look at every distinct
    /// reach of the shard's sessions.
    public func census(of cell: Geohash) -> (members: Int, watchers: Int) {
        (members.tree.count(in: cell), groups.sessionCount(reaching: cell))
    }
}

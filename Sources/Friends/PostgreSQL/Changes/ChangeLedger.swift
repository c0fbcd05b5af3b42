import Channels

/// Knows which changes were told and from which transaction on to read again. No clock, no connection.
///
/// Every row of the table of users carries the number of the transaction that last changed it. Numbers are given
/// when a transaction begins to write, not when it commits, so a lower one may become visible after a higher
/// one. What is certain is the lowest number of all transactions under way, the horizon: below it nothing
/// new appears. So each reading begins at the horizon of the one before, and what stands twice is told once.
struct ChangeLedger {
    /// A row as a reading found it.
    struct Change: Equatable {
        let user: UserID
        let transaction: UInt64
    }

    /// Changes that are remembered as told; with more, some are told twice.
    static let capacity = 100_000
    /// How far back a new connection reads: a server that crashed may give numbers once more of transactions
    /// that left no trace, and by this time (ten times its longest delay) every trace is on disk.
    static let settling: Duration = .seconds(6)

    /// From which transaction on the next reading reads.
    private(set) var cursor: UInt64
    /// Horizons of earlier readings and when they were seen, oldest first; the first is settled.
    private var horizons: [(seen: ContinuousClock.Instant, horizon: UInt64)]
    private var told: [UserID: UInt64] = [:]

    /// Nothing below `horizon` is of interest.
    init(horizon: UInt64, now: ContinuousClock.Instant) {
        cursor = horizon
        horizons = [(now, horizon)]
    }

    /// Returns whom to tell of because of a notice.
    mutating func hear(_ users: [UserID], in transaction: UInt64) -> [UserID] {
        users.filter { remember(Change(user: $0, transaction: transaction)) }
    }

    /// Returns whom to tell of because of a page of a reading.
    mutating func read(_ changes: [Change]) -> [UserID] {
        changes.filter { remember($0) }.map(\.user)
    }

    /// Whether a reading that saw this horizon speaks to another server than the one before, which knows less: then
    /// its marks say nothing about what changed.
    func isOlder(_ horizon: UInt64) -> Bool { horizon < cursor }

    /// All pages of a reading were read, or everyone was told of; `horizon` is that of before its first page.
    mutating func finish(horizon: UInt64, now: ContinuousClock.Instant) {
        if isOlder(horizon) {
            horizons = []
            told = [:]
        }
        cursor = horizon
        horizons.append((now, horizon))
        while horizons.count > 1, horizons[1].seen + Self.settling <= now { horizons.removeFirst() }
        let settled = horizons[0].horizon
        told = told.filter { $0.value >= settled }
    }

    /// The next reading comes from a new connection, perhaps to a server that crashed.
    mutating func reconnect() { cursor = min(cursor, horizons[0].horizon) }

    /// Returns whether it is new. The last change of a user is enough: an earlier one says no more.
    private mutating func remember(_ change: Change) -> Bool {
        if told[change.user] == change.transaction { return false }
        if told.count >= Self.capacity { told = [:] }
        told[change.user] = change.transaction
        return true
    }
}

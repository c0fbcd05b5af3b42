public import Channels

/// Where users were. Times are in milliseconds since the Unix epoch.
public protocol LocationHistory: Sendable {
    /// Adds points. One with the user and `ts` of another is ignored, so a batch may be given again after
    /// an error; so are those of users that do not exist or were erased.
    ///
    /// Survives the end of the process, not necessarily a power cut. Best in batches of
    /// ``StoreLimits/historyBatch``: one transaction each.
    func append(_ points: [HistoryPoint]) async throws(StoreError)

    /// Points of one user with `ts` from `from` to `to`, both included, oldest first; those behind the
    /// `ts` of `after` only.
    func points(of user: UserID, from: Int64, to: Int64, limit: Int, after: Int64?)
        async throws(StoreError) -> Page<HistoryPoint>

    /// The newest point of every user, if it was received at `since` or later, in no order: for a warm
    /// start. One look-up for each user that exists.
    func latestPoints(heardSince since: Int64) async throws(StoreError) -> [HistoryPoint]

    /// Forgets one user's history. Points that a ``HistoryWriter`` still holds are its business: delete
    /// through ``HistoryWriter/deleteHistory(of:)``. A store that several processes share takes none that was heard
    /// before, by its own clock, and which another process holds.
    func deletePoints(of user: UserID) async throws(StoreError)

    /// Forgets points whose `ts` is longer ago than `age` at `now`, and returns how many, in several short transactions.
    ///
    /// A store that several processes share believes no `now` that is later than what its own clock says: one wrong
    /// clock would delete everybody's history.
    @discardableResult
    func deletePoints(olderThan age: Duration, now: Int64) async throws(StoreError) -> Int
}

public import Channels

/// The newest location of every user, for those who come in and for a restarted server.
///
/// A location counts for the cache's TTL from its receipt: at exactly the TTL it is gone. Times are in
/// milliseconds since the Unix epoch and passed in.
public protocol LocationCache: Sendable {
    /// Takes those of `locations` that supersede what the cache has (``UserLocation/supersedes(_:)``).
    ///
    /// Those of users that do not exist or were erased are ignored.
    func store(_ locations: [UserLocation]) async throws(StoreError)

    /// The live locations of `users`, in the given order; those without one are left out.
    func locations(of users: [UserID], now: Int64) async throws(StoreError) -> [UserLocation]

    /// All locations received at `since` or later, in no order: for a warm start.
    func locations(heardSince since: Int64) async throws(StoreError) -> [UserLocation]

    func removeLocation(of user: UserID) async throws(StoreError)

    /// Forgets what is no longer live and returns how many that were. Call it now and then.
    @discardableResult
    func removeExpired(now: Int64) async throws(StoreError) -> Int
}

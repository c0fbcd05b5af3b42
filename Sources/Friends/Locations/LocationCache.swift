/// The newest location of every user, for a restarted server.
///
/// A location counts for the cache's TTL from its receipt: at exactly the TTL it is gone. Times are in
/// milliseconds since the Unix epoch and passed in.
public protocol LocationCache: Sendable {
    /// Takes those of `locations` that supersede what the cache has (``UserLocation/supersedes(_:)``).
    ///
    /// Those of users that do not exist or were erased are ignored.
    func store(_ locations: [UserLocation]) async throws(StoreError)

    /// All locations received at `since` or later, in no order: for a warm start.
    func locations(heardSince since: Int64) async throws(StoreError) -> [UserLocation]

    /// Forgets what is no longer live and returns how many that were. Call it now and then. A cache that several
    /// processes share believes no `now` that is later than what its own clock says.
    @discardableResult
    func removeExpired(now: Int64) async throws(StoreError) -> Int
}

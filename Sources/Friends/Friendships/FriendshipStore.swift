public import Channels

/// Friendships, always mutual, and the requests that lead to them.
///
/// Nobody is their own friend: the same id twice throws `invalid`.
public protocol FriendshipStore: Sendable {
    /// Makes two users friends at once, creating them as needed, and drops requests between them.
    ///
    /// Returns whether the friendship is new. Throws `erased`, `tooManyFriends`.
    @discardableResult
    func befriend(_ a: UserID, _ b: UserID) async throws(StoreError) -> Bool

    /// Ends a friendship. Returns whether there was one; ids that do not exist have none.
    @discardableResult
    func unfriend(_ a: UserID, _ b: UserID) async throws(StoreError) -> Bool

    func areFriends(_ a: UserID, _ b: UserID) async throws(StoreError) -> Bool

    /// Friends in the order of their ids, those behind `after` only; empty for an id that does not exist.
    func friends(of id: UserID, limit: Int, after: UserID?) async throws(StoreError) -> Page<User>

    /// Asks for a friendship, or makes it if the other side had asked.
    ///
    /// To the asker it looks the same whether the other side exists, was erased or stands behind a block,
    /// but across a block (either way round) the request is never shown and never accepted.
    /// Throws `erased` if the asker is, `tooManyFriends`, `tooManyRequests`.
    @discardableResult
    func request(from asker: UserID, to target: UserID) async throws(StoreError) -> RequestOutcome

    /// Declines or withdraws a request. Returns whether there was one.
    @discardableResult
    func removeRequest(from asker: UserID, to target: UserID) async throws(StoreError) -> Bool

    /// Who asks for this user's friendship, in the order of the ids, those behind `after` only.
    func incomingRequests(of id: UserID, limit: Int, after: UserID?) async throws(StoreError) -> Page<User>

    /// Makes many friendships in few transactions, creating users as needed.
    ///
    /// Pairs that cannot be (erased, one's own, over the limit) are left out and counted. When it throws,
    /// what earlier transactions did stays; the same call again completes it.
    @discardableResult
    func importFriendships(_ pairs: [Friendship]) async throws(StoreError) -> ImportSummary
}

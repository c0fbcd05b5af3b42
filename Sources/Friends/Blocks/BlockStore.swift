public import Channels

/// Blocks: one-sided to make, silent, and effective in both directions.
public protocol BlockStore: Sendable {
    /// Blocks `blocked`, which need not exist yet. Requests between the two are hidden for good.
    ///
    /// `now` is in milliseconds since the Unix epoch. Returns whether the block is new; the same block
    /// again changes nothing. Throws `invalid` for oneself, `erased` if the blocker is, `tooManyBlocks`.
    @discardableResult
    func block(_ blocked: UserID, by blocker: UserID, as naming: Naming, now: Int64)
        async throws(StoreError) -> Bool

    /// Lifts one block. A user id lifts the block made by user id only: one made by pseudonym stays, and
    /// whether there is any does not show.
    ///
    /// Returns whom it was about, `nil` if there was none. That is for the server, which may have to show
    /// the two to each other again (``isBlocked(_:_:)`` tells); the caller of a block id must not see it.
    @discardableResult
    func unblock(_ target: BlockTarget, by blocker: UserID) async throws(StoreError) -> UserID?

    /// The blocks that the user made, oldest first, at most ``StoreLimits/maximumBlocks``.
    func blocks(by blocker: UserID) async throws(StoreError) -> [Block]

    /// Whether either blocked the other, by id or by pseudonym.
    func isBlocked(_ a: UserID, _ b: UserID) async throws(StoreError) -> Bool
}

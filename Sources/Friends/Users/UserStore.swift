public import Channels

/// Users, their durable epochs, and what concerns all that is stored about one.
///
/// Any valid id exists from its first use. What a store acknowledged survives the end of the process; what
/// hides a user from others (erasure, sharing off, a block, the end of a friendship) survives a power cut.
public protocol UserStore: Sendable {
    /// The user, made on first use: named like its id, no avatar, sharing.
    ///
    /// Throws `erased`. One read, unless the user is new.
    func ensure(_ id: UserID) async throws(StoreError) -> User

    /// Creates or renames the user, or brings an erased one back (same number, higher epoch, sharing).
    ///
    /// Returns whether it was created or brought back.
    @discardableResult
    func put(_ profile: Profile) async throws(StoreError) -> Bool

    /// The same for many at once, in few transactions. Returns how many were created or brought back.
    @discardableResult
    func put(_ profiles: [Profile]) async throws(StoreError) -> Int

    /// The user, also an erased one (``User/isErased``); `nil` if there never was one.
    func user(_ id: UserID) async throws(StoreError) -> User?

    /// The user with this number, also an erased one.
    func user(number: Int64) async throws(StoreError) -> User?

    /// Those of `ids` that exist and are not erased, in the given order.
    func users(_ ids: [UserID]) async throws(StoreError) -> [User]

    /// Sets whether friends see the user's location, and raises the epoch if that is a change.
    ///
    /// Returns the epoch that holds from now on. Throws `notFound`, `erased`.
    @discardableResult
    func setSharing(_ sharing: Bool, of id: UserID) async throws(StoreError) -> UInt32

    /// Raises the epoch by one, and beyond `floor`, and returns it. Throws `notFound`, `erased`.
    @discardableResult
    func raiseEpoch(of id: UserID, above floor: UInt32) async throws(StoreError) -> UInt32

    /// Deletes all that is stored about the user but a tombstone (id, number, raised epoch): profile,
    /// friendships, requests from and to it, blocks made by it, its name under its reports, its cached
    /// location and its history. Blocks and reports that others made about it stay.
    ///
    /// Returns the tombstone's epoch; `nil` if there was nobody to erase. Points of the user that a
    /// ``HistoryWriter`` still holds are its business: erase through ``HistoryWriter/erase(_:)``.
    @discardableResult
    func erase(_ id: UserID) async throws(StoreError) -> UInt32?

    /// The user, all friends and all blocked ids in one consistent read; the user is made on first use.
    ///
    /// Throws `erased`. Cost grows with the number of friends: three queries.
    func account(of id: UserID) async throws(StoreError) -> Account

    /// All that is stored about the user. Throws `notFound`, `erased`. Holds the whole history in memory.
    func export(_ id: UserID) async throws(StoreError) -> UserExport
}

public import Channels

/// A user as the stores keep it.
public struct User: Hashable, Sendable {
    public let id: UserID
    /// A dense number from 1, given once and never to anyone else: it survives erasure.
    public let number: Int64
    /// The id until the backend names the user; empty once erased.
    public var name: String
    public var avatarURL: String?
    /// Whether friends see this user's location.
    public var sharing: Bool
    /// Raised at every change after which older locations must not count: sharing, erasure, the return
    /// from it, and on demand. It never goes down.
    public var epoch: UInt32
    /// A tombstone: nothing but ``id``, ``number`` and ``epoch`` is left.
    public var isErased: Bool

    public init(
        id: UserID, number: Int64, name: String, avatarURL: String? = nil, sharing: Bool = true,
        epoch: UInt32 = 0, isErased: Bool = false
    ) {
        self.id = id
        self.number = number
        self.name = name
        self.avatarURL = avatarURL
        self.sharing = sharing
        self.epoch = epoch
        self.isErased = isErased
    }
}

/// A user of a database that several processes share.
public struct CommonUser: Hashable, Sendable {
    public let user: User
    /// The epoch that the user's last erasure gave it; 0 if there was none. Who knows a lower epoch has missed it, also
    /// if the user was made again since.
    public let erasedEpoch: UInt32
}

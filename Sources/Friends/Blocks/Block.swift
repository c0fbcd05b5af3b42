public import Channels

/// A block as its maker may see it.
public struct Block: Hashable, Sendable {
    public let id: BlockID
    /// Who is blocked; `nil` if the block was made by pseudonym.
    public let user: UserID?
    /// When it was made, milliseconds since the Unix epoch.
    public let since: Int64

    public init(id: BlockID, user: UserID?, since: Int64) {
        self.id = id
        self.user = user
        self.since = since
    }
}

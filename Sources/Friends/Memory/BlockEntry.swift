import Channels

/// What makes two blocks of one user the same.
struct BlockKey: Hashable {
    let blocked: UserID
    let naming: Naming
}

/// A block of the in-memory store, without its key.
struct BlockEntry {
    let id: BlockID
    let since: Int64
}

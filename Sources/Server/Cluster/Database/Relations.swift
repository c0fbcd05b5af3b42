import Channels
import Friends

/// Whom the stores let a user see.
struct Relations: Sendable {
    let user: UserIndex
    /// Without those behind a block.
    let friends: Set<UserIndex>
    let blocked: Set<UserIndex>

    init(_ account: Account, _ users: UserTable) {
        user = users.index(of: account.user.id)
        blocked = Set(account.blocked.map(users.index))
        friends = Set(account.friends.map { users.index(of: $0.id) }).subtracting(blocked)
    }
}

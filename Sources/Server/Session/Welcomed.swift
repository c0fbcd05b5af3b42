import Channels
import Geo

/// What a session has once its token was accepted.
final class Welcomed {
    let user: UserIndex
    let id: UserID
    /// The session's index in the shard.
    let session: UInt32
    var radius: Radius
    /// When the session has to end unless its token is refreshed, monotonic milliseconds.
    var deadline: Int64
    /// The user's durable number, known once the account was loaded.
    var number: Int64 = 0
    /// Who is hidden from the user by a block, either way round.
    private(set) var blocked: Set<UserIndex> = []
    /// Whom a change that came while the account was being loaded has unblocked.
    private var unblocked: Set<UserIndex> = []
    private(set) var isLoaded = false
    /// While the account was being loaded, another process changed it.
    var isOutdated = false
    /// How many cursors of the friends' list were given out.
    var cursorCount = 0

    init(user: UserIndex, id: UserID, session: UInt32, radius: Radius, deadline: Int64) {
        self.user = user
        self.id = id
        self.session = session
        self.radius = radius
        self.deadline = deadline
    }

    func setBlocked(_ other: UserIndex, _ isBlocked: Bool) {
        if isBlocked {
            blocked.insert(other)
            unblocked.remove(other)
        } else {
            blocked.remove(other)
            if !isLoaded { unblocked.insert(other) }
        }
    }

    /// Takes what was loaded, unless something newer is known.
    func load(number: Int64, blocked loaded: some Sequence<UserIndex>) {
        self.number = number
        blocked.formUnion(loaded)
        blocked.subtract(unblocked)
        unblocked = []
        isLoaded = true
    }
}

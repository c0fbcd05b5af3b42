import Channels
import Synchronization

/// How many sessions each user has, on all loops together. Any thread.
final class SessionCounts: Sendable {
    private let counts = Mutex<[UserIndex: Int]>([:])

    /// Counts one more session, unless the user has `limit` already.
    func enter(_ user: UserIndex, limit: Int) -> Bool {
        counts.withLock { counts in
            let count = counts[user, default: 0]
            guard count < limit else { return false }
            counts[user] = count + 1
            return true
        }
    }

    func count(of user: UserIndex) -> Int { counts.withLock { $0[user] ?? 0 } }

    func leave(_ user: UserIndex) {
        counts.withLock { counts in
            let count = counts[user, default: 1] - 1
            counts[user] = count == 0 ? nil : count
        }
    }
}

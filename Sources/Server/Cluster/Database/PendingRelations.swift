import Channels

/// Users with sessions here whose friendships or blocks changed elsewhere, until their accounts were read again.
///
/// Whoever changed with many others, as an import changes them, waits behind those who changed with few. Times are the
/// server's monotonic milliseconds.
struct PendingRelations {
    /// Users to read together, and since when each waits.
    struct Batch {
        fileprivate(set) var since: [UserID: Int64] = [:]

        var users: [UserID] { Array(since.keys) }
    }

    private struct Waiting {
        var since: Int64
        /// Whether it stands in `few`.
        var isFirst = false
    }

    private var waiting: [UserID: Waiting] = [:]
    /// First come, first served. Who no longer waits may stand here still, and stands in each once at most.
    private var few: ArraySlice<UserID> = []
    private var many: ArraySlice<UserID> = []

    /// Nobody counts as waiting for less than before.
    mutating func add(_ users: [UserID], since: Int64) {
        let isFirst = users.count <= Limits.fewChanges
        for user in users { add(user, since: since, isFirst: isFirst) }
    }

    /// What was taken and could not be read waits again, behind all others.
    mutating func giveBack(_ batch: Batch) {
        for (user, since) in batch.since { add(user, since: since, isFirst: false) }
    }

    private mutating func add(_ user: UserID, since: Int64, isFirst: Bool) {
        let known = waiting[user]
        let wasFirst = known?.isFirst ?? false
        waiting[user] = Waiting(since: min(known?.since ?? since, since), isFirst: isFirst || wasFirst)
        if isFirst, !wasFirst { few.append(user) }
        if !isFirst, known == nil { many.append(user) }
    }

    /// The next users, who no longer wait then.
    mutating func take(_ count: Int) -> Batch {
        var batch = Batch()
        while batch.since.count < count, let user = few.popFirst() ?? many.popFirst() {
            if let taken = waiting.removeValue(forKey: user) { batch.since[user] = taken.since }
        }
        return batch
    }

    /// Those who have waited since before `time`, who no longer wait then.
    mutating func takeOverdue(since time: Int64) -> [UserID] {
        let overdue = waiting.filter { $0.value.since < time }.map(\.key)
        for user in overdue { waiting[user] = nil }
        return overdue
    }
}

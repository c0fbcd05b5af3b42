import Channels
import Synchronization

/// Hands ``PendingRelations`` from the task that hears of changes to the one that reads accounts. Any thread.
final class RelationQueue: Sendable {
    /// An element when there is something to take.
    let wakeUps: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation
    private let pending = Mutex(PendingRelations())

    init() {
        (wakeUps, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func add(_ users: [UserID], since: Int64) {
        pending.withLock { $0.add(users, since: since) }
        wake.yield()
    }

    func giveBack(_ batch: PendingRelations.Batch) {
        pending.withLock { $0.giveBack(batch) }
    }

    /// `nil` if nobody waits.
    func take(_ count: Int) -> PendingRelations.Batch? {
        let batch = pending.withLock { $0.take(count) }
        return batch.since.isEmpty ? nil : batch
    }

    func takeOverdue(since time: Int64) -> [UserID] {
        pending.withLock { $0.takeOverdue(since: time) }
    }
}

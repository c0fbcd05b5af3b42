import Foundation
import Synchronization

/// Real threads, each of which may own a shard.
enum Threads {
    /// Runs `body` once on each of `count` threads and returns when all have returned.
    static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
        let group = DispatchGroup()
        for index in 0..<count {
            group.enter()
            Thread.detachNewThread {
                body(index)
                group.leave()
            }
        }
        group.wait()
    }
}

/// Where threads wait for each other: none leaves before all have come.
final class MeetingPoint: Sendable {
    private let count: Int
    private let arrived = Atomic(0)
    private let round = Atomic(0)

    init(_ count: Int) { self.count = count }

    func meet() {
        let current = round.load(ordering: .acquiring)
        if arrived.add(1, ordering: .acquiringAndReleasing).newValue == count {
            arrived.store(0, ordering: .relaxed)
            round.add(1, ordering: .releasing)
        } else {
            while round.load(ordering: .acquiring) == current { sched_yield() }
        }
    }
}

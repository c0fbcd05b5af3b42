import Channels
import Synchronization

/// What the stores know, shared by all threads: changed under a lock together with the
/// engine, as a server has to.
final class Town: Sendable {
    struct Pair: Hashable {
        let low, high: UserIndex
        init(_ a: UserIndex, _ b: UserIndex) {
            low = min(a, b)
            high = max(a, b)
        }
    }

    private struct Records {
        var friendships: Set<Pair> = []
        var epochs: [UserIndex: UInt32] = [:]
    }

    let engine: Engine
    let people: [UserIndex]
    private let records = Mutex(Records())
    private let clock = Atomic<Int64>(0)

    init(engine: Engine, people count: Int) {
        self.engine = engine
        people = (0..<count).map { engine.users.index(of: UserID("person-\($0)")!) }
    }

    /// A time of a fix that nobody else gets.
    func nextTimestamp() -> Int64 { clock.add(1, ordering: .relaxed).newValue }

    func friends(of user: UserIndex) -> [UserIndex] {
        records.withLock { records in people.filter { records.friendships.contains(Pair(user, $0)) } }
    }

    func toggleFriendship(_ a: UserIndex, _ b: UserIndex) {
        records.withLock { records in
            if records.friendships.remove(Pair(a, b)) != nil {
                engine.unfriend(a, b)
            } else {
                records.friendships.insert(Pair(a, b))
                engine.befriend(a, b)
            }
        }
    }

    func toggleSharing(of user: UserIndex) {
        records.withLock { records in
            let epoch = records.epochs[user, default: 0] + 1
            records.epochs[user] = epoch
            engine.setSharing(user, epoch % 2 == 0, epoch: epoch)
        }
    }
}

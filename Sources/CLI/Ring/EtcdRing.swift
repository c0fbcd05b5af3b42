import Etcd
import Rings

/// A list of servers where it is kept.
struct EtcdRing: RingPlace {
    let client: EtcdClient
    let key: String

    private var store: RingStore { RingStore(key, of: client) }
    private var allowsNone: Bool { key == RingKeys.standbys }

    func read() async throws -> RingStore.Stored { try await store.read() }

    func change(_ edit: RingEdit) async throws -> (before: RingList?, after: RingList) {
        let allowsNone = allowsNone
        return try await store.change { (list) throws(RingListError) in
            try edit.apply(to: list, allowsNone: allowsNone)
        }
    }

    func watch(_ body: @escaping @Sendable (RingNews) async throws -> Void) async throws {
        let failure = Failure()
        let (allowsNone, key) = (allowsNone, EtcdKey(key, of: client))
        // A closed pipe ends the watch, which otherwise only its task's end does.
        let task = Task {
            await key.follow(
                pause: { _ in try await Task.sleep(for: .seconds(1)) },
                take: { news in
                    do { try await body(Self.news(news, allowsNone)) } catch { await failure.set(error) }
                })
        }
        await failure.wait()
        task.cancel()
        throw await failure.error ?? CancellationError()
    }

    private static func news(_ news: EtcdKey.News, _ allowsNone: Bool) -> RingNews {
        switch news {
        case .missing(let revision): return .list(RingStore.Stored(list: nil, revision: revision))
        case .unreachable(let error): return .trouble("\(error)")
        case .reachable: return .trouble("etcd answers again")
        case .value(let value):
            do throws(RingListError) {
                let list = try RingList(json: value.value, allowsNone: allowsNone)
                return .list(RingStore.Stored(list: list, revision: value.modified))
            } catch {
                return .trouble("revision \(value.modified) is refused: \(error)")
            }
        }
    }

    /// The error that ended a watch, and whoever waits for it.
    private actor Failure {
        private(set) var error: (any Error)?
        private var waiting: CheckedContinuation<Void, Never>?

        func set(_ error: any Error) {
            guard self.error == nil else { return }
            self.error = error
            waiting?.resume()
            waiting = nil
        }

        func wait() async {
            guard error == nil else { return }
            await withCheckedContinuation { waiting = $0 }
        }
    }
}

import Synchronization

/// The newest value of one key, kept up to date for as long as ``follow(pause:take:)`` runs.
///
/// It reads the key, then watches it from there on; whatever goes wrong, it reads again. Revisions never go back: what an
/// endpoint that lags behind says is passed over.
public struct EtcdKey: Sendable {
    /// How often the key is read even if the watch says nothing: a watch can be dead without anybody knowing.
    public static let rereadInterval = Duration.seconds(30)

    /// What is known of the key.
    public enum News: Hashable, Sendable {
        case value(EtcdValue)
        /// There is none.
        case missing(revision: Int64)
        /// etcd does not answer; what was said last still holds.
        case unreachable(EtcdError)
        /// etcd answers again; what is new is told after it.
        case reachable
    }

    private let client: EtcdClient
    public let name: String
    private let rereadInterval: Duration

    public init(_ name: String, of client: EtcdClient, rereadInterval: Duration = EtcdKey.rereadInterval) {
        self.client = client
        self.name = name
        self.rereadInterval = rereadInterval
    }

    /// Runs until the task is cancelled.
    ///
    /// - Parameters:
    ///   - pause: waits after the so-manieth failure in a row, counted from 1.
    ///   - take: called with the first news and then with what is new only, one call at a time.
    public func follow(
        pause: @Sendable (_ failures: Int) async throws -> Void, take: @escaping @Sendable (News) async -> Void
    ) async {
        let progress = Progress()
        var failures = 0
        var isReachable = true
        while !Task.isCancelled {
            var wasRead = false
            do {
                let snapshot = try await client.get(name)
                wasRead = true
                if !isReachable { await take(.reachable) }
                isReachable = true
                await say(snapshot, progress, take)
                try await watch(from: snapshot.revision + 1, progress, take)
                // Only a watch that held is a success: where none does, reading is not to become a flood.
                failures = 0
            } catch let error as EtcdError {
                // Reading again is what a compaction asks for.
                if case .compacted = error { continue }
                // Its calls end with the task, and say that etcd is not there.
                if Task.isCancelled { return }
                if !wasRead, isReachable {
                    isReachable = false
                    await take(.unreachable(error))
                }
                failures += 1
                try? await pause(failures)
            } catch {
                return
            }
        }
    }

    /// Watches until it is time to read again.
    private func watch(
        from revision: Int64, _ progress: Progress, _ take: @escaping @Sendable (News) async -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                try await client.watch(name, from: revision) { await say($0, progress, take) }
            }
            tasks.addTask { try await Task.sleep(for: rereadInterval) }
            defer { tasks.cancelAll() }
            try await tasks.next()
        }
    }

    private func say(_ snapshot: EtcdSnapshot, _ progress: Progress, _ take: (News) async -> Void) async {
        guard progress.isNew(snapshot.value?.modified ?? snapshot.revision, isMissing: snapshot.value == nil)
        else { return }
        await take(snapshot.value.map(News.value) ?? .missing(revision: snapshot.revision))
    }

    /// How far the key is known.
    private final class Progress: Sendable {
        private let known = Mutex<(revision: Int64, isMissing: Bool)?>(nil)

        /// Whether something is newer than all that was said.
        func isNew(_ revision: Int64, isMissing: Bool) -> Bool {
            known.withLock { known in
                if let last = known {
                    // That there is nothing is no news however often it is read.
                    guard revision > last.revision, !(isMissing && last.isMissing) else { return false }
                }
                known = (revision, isMissing)
                return true
            }
        }
    }
}

import Synchronization

/// The tasks of a store, which end with it.
final class StoreWork: Sendable {
    private let tasks = Mutex<[Task<Void, Never>]>([])

    func add(_ task: Task<Void, Never>) { tasks.withLock { $0.append(task) } }

    deinit {
        for task in tasks.withLock({ $0 }) { task.cancel() }
    }
}

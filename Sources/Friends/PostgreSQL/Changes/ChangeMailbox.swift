import Channels
import Synchronization

/// Where changes wait for the one who takes them: merged, so that they never pile up.
final class ChangeMailbox: Sendable {
    private struct State {
        var waiting: ChangeNews?
        var taker: CheckedContinuation<ChangeNews?, Never>?
        var isClosed = false
        var proof: ContinuousClock.Instant
        var problem: StoreError?

        mutating func add(_ changed: ChangedUsers) {
            // What is new was committed after the moment up to which all was told before.
            waiting = ChangeNews(
                users: waiting?.users.merged(with: changed) ?? changed, since: waiting?.since ?? proof)
        }
    }

    private let state: Mutex<State>

    init(proof: ContinuousClock.Instant) {
        state = Mutex(State(proof: proof))
    }

    /// The moment up to which nothing is missing that was not put.
    var proof: ContinuousClock.Instant {
        get { state.withLock { $0.proof } }
        set { state.withLock { $0.proof = newValue } }
    }

    /// The moment up to which all was taken.
    var taken: ContinuousClock.Instant { state.withLock { min($0.proof, $0.waiting?.since ?? $0.proof) } }

    /// Why nothing is read now; `nil` while all is well.
    var problem: StoreError? {
        get { state.withLock { $0.problem } }
        set { state.withLock { $0.problem = newValue } }
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    func put(_ changed: ChangedUsers) {
        if changed == .some([]) { return }
        deliver { $0.add(changed) }
    }

    func close() {
        deliver { $0.isClosed = true }
    }

    /// All that waits, as soon as there is something; `nil` at the end. One taker at a time.
    func take() async -> ChangeNews? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { taker in
                deliver { state in
                    precondition(state.taker == nil, "a feed is read by one task")
                    state.taker = taker
                }
                if Task.isCancelled { close() }
            }
        } onCancel: {
            close()
        }
    }

    private func deliver(_ change: (inout State) -> Void) {
        let (taker, news) = state.withLock { state -> (CheckedContinuation<ChangeNews?, Never>?, ChangeNews?) in
            change(&state)
            guard let taker = state.taker, state.waiting != nil || state.isClosed else { return (nil, nil) }
            let news = state.isClosed ? nil : state.waiting
            state.taker = nil
            state.waiting = nil
            return (taker, news)
        }
        taker?.resume(returning: news)
    }
}

extension ChangedUsers {
    /// Users that are named; with more it is everyone.
    private static let capacity = 100_000

    fileprivate func merged(with other: ChangedUsers) -> ChangedUsers {
        guard case .some(let users) = self, case .some(let others) = other else { return .everyone }
        let union = users.union(others)
        return union.count > Self.capacity ? .everyone : .some(union)
    }
}

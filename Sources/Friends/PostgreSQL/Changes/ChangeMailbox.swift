import Channels
import Synchronization

/// Where changes wait for the one who takes them: merged, so that they never pile up.
final class ChangeMailbox: Sendable {
    private struct State {
        var waiting: ChangedUsers?
        var taker: CheckedContinuation<ChangedUsers?, Never>?
        var isClosed = false
        var proof: ContinuousClock.Instant
    }

    private let state: Mutex<State>

    init(proof: ContinuousClock.Instant) {
        state = Mutex(State(proof: proof))
    }

    /// The moment up to which nothing is missing.
    var proof: ContinuousClock.Instant {
        get { state.withLock { $0.proof } }
        set { state.withLock { $0.proof = newValue } }
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    func put(_ changed: ChangedUsers) {
        if changed == .some([]) { return }
        deliver { $0.waiting = $0.waiting?.merged(with: changed) ?? changed }
    }

    func close() {
        deliver { $0.isClosed = true }
    }

    /// All that waits, as soon as there is something; `nil` at the end. One taker at a time.
    func take() async -> ChangedUsers? {
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
        let (taker, changed) = state.withLock { state -> (CheckedContinuation<ChangedUsers?, Never>?, ChangedUsers?) in
            change(&state)
            guard let taker = state.taker, state.waiting != nil || state.isClosed else { return (nil, nil) }
            let changed = state.isClosed ? nil : state.waiting
            state.taker = nil
            state.waiting = nil
            return (taker, changed)
        }
        taker?.resume(returning: changed)
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

import Synchronization

/// Lets one task at a time through, in the order in which they came.
package final class Turnstile: Sendable {
    private struct Waiter {
        let ticket: UInt64
        /// Resumed with whether it is its turn.
        let continuation: CheckedContinuation<Bool, Never>
        /// Ends its patience.
        let timer: Task<Void, Never>?
    }

    private struct State {
        var isTaken = false
        var tickets: UInt64 = 0
        /// First come, first served; few at a time.
        var waiting: [Waiter] = []
    }

    private let state = Mutex(State())

    package init() {}

    /// Waits until no other task is in between, which a cancellation does not shorten.
    package func enter() async { _ = await enter(patience: nil) }

    /// The same, and gives up after `patience`. Returns whether it is this task's turn.
    package func enter(within patience: Duration) async -> Bool { await enter(patience: patience) }

    private func enter(patience: Duration?) async -> Bool {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                guard state.isTaken else {
                    state.isTaken = true
                    return true
                }
                state.tickets += 1
                let ticket = state.tickets
                let timer = patience.map { patience in Task { await self.giveUp(ticket, after: patience) } }
                state.waiting.append(Waiter(ticket: ticket, continuation: continuation, timer: timer))
                return false
            }
            if isFree { continuation.resume(returning: true) }
        }
    }

    private func giveUp(_ ticket: UInt64, after patience: Duration) async {
        guard (try? await Task.sleep(for: patience)) != nil else { return }
        let waiter = state.withLock { state in
            state.waiting.firstIndex { $0.ticket == ticket }.map { state.waiting.remove(at: $0) }
        }
        waiter?.continuation.resume(returning: false)
    }

    /// Hands over to the one that has waited longest.
    package func leave() {
        let next = state.withLock { state -> Waiter? in
            if state.waiting.isEmpty {
                state.isTaken = false
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.timer?.cancel()
        next?.continuation.resume(returning: true)
    }
}

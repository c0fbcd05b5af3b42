import Dispatch
import Synchronization

/// The calls that wait, and the threads that take them.
///
/// While no connection is open, and none is being tried for the first time since it was lost, calls fail at
/// once: there is nobody to wait for.
final class PoolQueue: Sendable {
    private struct State {
        /// First come, first served.
        var waiting: ArraySlice<PoolCall> = []
        /// Connections that are open or hoped for.
        var promising: Int
        /// Why the last attempt to connect failed.
        var problem = "no connection to PostgreSQL"
        var isClosed = false
        /// Calls that a worker has.
        var running = 0
        /// Calls that failed for want of an answer.
        var failures: UInt64 = 0
    }

    private let state: Mutex<State>
    private let capacity: Int
    private let workers: Int
    /// One signal for each call; a few too many after calls were given up.
    private let calls = DispatchSemaphore(value: 0)

    init(capacity: Int, workers: Int) {
        self.capacity = capacity
        self.workers = workers
        state = Mutex(State(promising: workers))
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Whether a call has a chance.
    var isPromising: Bool { state.withLock { $0.promising > 0 && !$0.isClosed } }

    var counts: PoolCounts {
        state.withLock {
            PoolCounts(
                connections: $0.isClosed ? 0 : $0.promising, running: $0.running, waiting: $0.waiting.count,
                failures: $0.failures)
        }
    }

    func countFailure() { state.withLock { $0.failures += 1 } }

    /// Runs `body`, during which its call counts as running.
    func counting(_ body: () -> Void) {
        state.withLock { $0.running += 1 }
        body()
        state.withLock { $0.running -= 1 }
    }

    /// Lets the call wait for a connection, or fails it at once.
    func add(_ call: PoolCall) {
        let refusal = state.withLock { state -> String? in
            if state.isClosed { return "the stores were closed" }
            if state.promising == 0 { return state.problem }
            if state.waiting.count >= capacity { return "\(capacity) calls wait for PostgreSQL already" }
            state.waiting.append(call)
            return nil
        }
        if let refusal {
            call.fail(StoreError(.unavailable, "\(call.operation): \(refusal)"))
        } else {
            calls.signal()
        }
    }

    /// The next call, if one comes in time. Those whose time is up fail.
    func take(within patience: Duration) -> PoolCall? {
        guard calls.wait(timeout: .now() + .milliseconds(Int(patience.milliseconds))) == .success else { return nil }
        guard let call = state.withLock({ $0.waiting.popFirst() }) else { return nil }
        guard call.deadline > .now else {
            call.fail(StoreError(.unavailable, "\(call.operation): no connection to PostgreSQL became free in time"))
            return nil
        }
        return call
    }

    /// A worker has no connection and its attempt to get one failed.
    func despair() {
        giveUp { $0.promising -= 1 }
    }

    /// Keeps why an attempt to connect failed, for the calls that fail because of it.
    func note(_ problem: PostgreSQLError) {
        guard case .unreachable(let reason) = problem else { return }
        state.withLock { $0.problem = reason }
    }

    /// A worker has a connection again.
    func hope() {
        state.withLock { $0.promising += 1 }
    }

    func close() {
        giveUp { $0.isClosed = true }
        for _ in 0..<workers { calls.signal() }
    }

    private func giveUp(_ change: (inout State) -> Void) {
        let (lost, problem) = state.withLock { state -> (ArraySlice<PoolCall>, String) in
            change(&state)
            guard state.isClosed || state.promising == 0 else { return ([], "") }
            defer { state.waiting = [] }
            return (state.waiting, state.isClosed ? "the stores were closed" : state.problem)
        }
        for call in lost { call.fail(StoreError(.unavailable, "\(call.operation): \(problem)")) }
    }
}

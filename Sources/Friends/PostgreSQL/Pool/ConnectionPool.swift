/// A few connections with a thread each, and a bounded queue of calls before them.
///
/// An operation that was begun ends, whatever becomes of the task that began it, so its outcome never depends
/// on a cancellation.
final class ConnectionPool: Sendable {
    let settings: PostgreSQLSettings
    private let queue: PoolQueue
    private let threads = JoinableThreads()

    /// Starts to connect.
    init(_ url: PostgreSQLURL, _ settings: PostgreSQLSettings) {
        self.settings = settings
        queue = PoolQueue(capacity: settings.waitingCalls, workers: settings.connections)
        for _ in 0..<settings.connections {
            threads.start { [queue] in PoolWorker(url, settings, queue).main() }
        }
    }

    deinit { queue.close() }

    /// Whether there is a connection, or hope for one.
    var isReachable: Bool { queue.isPromising }

    var counts: PoolCounts { queue.counts }

    /// Returns when the connections are closed.
    func close() async {
        queue.close()
        await threads.join()
    }

    /// Runs `body` with a connection. It may run more than once, and only its last run counts.
    func run<Value: Sendable>(
        _ operation: String, within timeLimit: Duration? = nil,
        _ body: @escaping @Sendable (PostgreSQLConnection) throws -> Value
    ) async throws(StoreError) -> Value {
        let limit = timeLimit ?? settings.callTimeout
        let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
            queue.add(
                PoolCall(
                    operation: operation, timeLimit: limit,
                    work: { connection in
                        let value = try body(connection)
                        return { continuation.resume(returning: .success(value)) }
                    },
                    fail: { continuation.resume(returning: .failure($0)) }))
        }
        if case .failure(let error) = result, error.code == .unavailable { queue.countFailure() }
        return try result.get()
    }
}

import HTTPTypes
import Synchronization

/// How many answers had which status. Any thread.
final class AnswerCounters: Sendable {
    private let counts = Mutex<[Int: UInt64]>([:])

    func count(_ status: HTTPResponse.Status) {
        counts.withLock { $0[status.code, default: 0] += 1 }
    }

    /// By status, in its order.
    var all: [(status: Int, count: UInt64)] {
        counts.withLock { $0.sorted { $0.key < $1.key }.map { (status: $0.key, count: $0.value) } }
    }
}

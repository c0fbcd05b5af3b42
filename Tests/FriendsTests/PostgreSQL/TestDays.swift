import Synchronization

/// A wall clock that a test turns, milliseconds since the Unix epoch.
final class TestDays: Sendable {
    private let time = Mutex<Int64>(5)

    var now: Int64 {
        get { time.withLock { $0 } }
        set { time.withLock { $0 = newValue } }
    }
}

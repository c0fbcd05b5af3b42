import Synchronization

/// Counts rows that this program cannot read: put in by hand, or by a newer program. They are passed over, so that one
/// of them does not hide the others.
final class UnreadableRows: Sendable {
    private let number = Atomic<UInt64>(0)

    /// Since the beginning; a row counts each time it is met.
    var count: UInt64 { number.load(ordering: .relaxed) }

    fileprivate func add() { number.add(1, ordering: .relaxed) }
}

extension ResultRows {
    /// The rows that can be read; the others are counted.
    func readable<Value>(
        _ unreadable: UnreadableRows, _ decode: (ResultRow) throws(StoreError) -> Value
    ) -> [Value] {
        (0..<count).compactMap { index in
            do { return try decode(self[index]) } catch {
                unreadable.add()
                return nil
            }
        }
    }
}

/// What is to be looked at, and when: a binary heap, earliest first.
///
/// Entries are never removed before they are due; whoever takes one out checks whether it still means
/// anything.
struct Deadlines {
    struct Entry: BitwiseCopyable {
        /// Monotonic milliseconds.
        var due: Int64
        var id: UInt32
    }

    private var heap: [Entry] = []

    init() {}

    var nextDue: Int64? { heap.first?.due }

    mutating func add(_ id: UInt32, due: Int64) {
        heap.append(Entry(due: due, id: id))
        var child = heap.count - 1
        while child > 0, heap[child].due < heap[(child - 1) / 2].due {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// The earliest entry, if it is due.
    mutating func take(now: Int64) -> Entry? {
        guard let first = heap.first, first.due <= now else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            siftDown()
        }
        return first
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].due < heap[smallest].due { smallest = child }
            }
            guard smallest != parent else { return }
            heap.swapAt(parent, smallest)
            parent = smallest
        }
    }
}

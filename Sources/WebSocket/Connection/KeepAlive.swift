/// Whom to ping and whom to give up, for all connections of an event loop.
///
/// Both waits are the same for everyone, so two queues in order of time are enough: members wait
/// in `resting` for their next ping, then in `pinged` for their answer. Each member is a node of
/// a linked list in one array; everything costs constant time, and a sweep touches only
/// who is due. Whether a member was heard is its connection's to know: no look-up for a byte read.
struct KeepAlive {
    /// A member's place; reused after `remove`.
    typealias Slot = Int32

    enum Action: Equatable {
        /// Ping this member now.
        case ping(Slot)
        /// The time to answer is over: end this member unless it was heard since its ping.
        case judge(Slot)
    }

    private struct Node {
        var previous: Slot
        var next: Slot
        /// When the member was pinged last, or came; milliseconds.
        var since: Int64
        var isPinged: Bool
    }

    private static let none: Slot = -1
    private let interval: Int64
    private let patience: Int64
    private var nodes: [Node] = []
    private var free: [Slot] = []
    private var resting = Queue()
    private var pinged = Queue()

    /// - Parameters:
    ///   - interval: Milliseconds from one ping to the next.
    ///   - patience: Milliseconds that an answer may take; less than `interval`.
    init(interval: Int64, patience: Int64) {
        precondition(patience > 0 && patience < interval, "an answer must be due before the next ping")
        self.interval = interval
        self.patience = patience
    }

    /// A member that was heard just now. It waits among the pinged ones, as if it had answered,
    /// so that both queues stay in order of time.
    mutating func insert(now: Int64) -> Slot {
        let node = Node(previous: Self.none, next: Self.none, since: now, isPinged: true)
        let slot = free.popLast() ?? Slot(nodes.count)
        if slot < nodes.count { nodes[Int(slot)] = node } else { nodes.append(node) }
        append(slot, to: \.pinged)
        return slot
    }

    mutating func remove(_ slot: Slot) {
        unlink(slot)
        free.append(slot)
    }

    /// The next thing that is due at `now`; `nil` when there is nothing more.
    mutating func next(now: Int64) -> Action? {
        if pinged.first != Self.none, now - nodes[Int(pinged.first)].since >= patience {
            let slot = pinged.first
            unlink(slot)
            nodes[Int(slot)].isPinged = false
            append(slot, to: \.resting)
            return .judge(slot)
        }
        guard resting.first != Self.none, now - nodes[Int(resting.first)].since >= interval else { return nil }
        let slot = resting.first
        unlink(slot)
        nodes[Int(slot)].isPinged = true
        nodes[Int(slot)].since = now
        append(slot, to: \.pinged)
        return .ping(slot)
    }
}

extension KeepAlive {
    private struct Queue {
        var first = KeepAlive.none
        var last = KeepAlive.none
    }

    private mutating func append(_ slot: Slot, to queue: WritableKeyPath<KeepAlive, Queue>) {
        let last = self[keyPath: queue].last
        nodes[Int(slot)].previous = last
        nodes[Int(slot)].next = Self.none
        if last == Self.none {
            self[keyPath: queue].first = slot
        } else {
            nodes[Int(last)].next = slot
        }
        self[keyPath: queue].last = slot
    }

    private mutating func unlink(_ slot: Slot) {
        let node = nodes[Int(slot)]
        let queue = node.isPinged ? \KeepAlive.pinged : \KeepAlive.resting
        if node.previous == Self.none {
            self[keyPath: queue].first = node.next
        } else {
            nodes[Int(node.previous)].next = node.next
        }
        if node.next == Self.none {
            self[keyPath: queue].last = node.previous
        } else {
            nodes[Int(node.next)].previous = node.previous
        }
    }
}

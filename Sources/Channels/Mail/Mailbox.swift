import Synchronization

/// Where all other shards, and threads that belong to no shard, leave records for one shard.
///
/// A lock-free stack of batches: a sender pushes a whole batch with one compare-and-exchange, the
/// owner takes everything with one exchange and turns it around. Batches of one sender keep
/// their order. Whoever pushes onto an empty mailbox wakes the owner, so a tick costs at most
/// one wake-up however many records arrive.
public final class Mailbox: Sendable {
    /// A batch on its way, owned by the stack between push and take.
    private final class Batch {
        let records: [Record]
        var next: Unmanaged<Batch>?

        init(_ records: [Record]) { self.records = records }
    }

    /// The address of the newest batch; 0 for none.
    private let head = Atomic<UInt>(0)
    private let wake: @Sendable () -> Void

    /// - Parameter wake: called on the sender's thread when the mailbox was empty; makes the
    ///   owner call ``take(_:)`` soon.
    public init(wake: @escaping @Sendable () -> Void) {
        self.wake = wake
    }

    deinit {
        take { _ in }
    }

    /// Leaves a batch. Any thread; never blocks.
    public func push(_ records: [Record]) {
        guard !records.isEmpty else { return }
        let batch = Unmanaged.passRetained(Batch(records))
        var expected = head.load(ordering: .relaxed)
        while true {
            batch._withUnsafeGuaranteedRef { $0.next = Self.batch(at: expected) }
            let (exchanged, original) = head.compareExchange(
                expected: expected, desired: UInt(bitPattern: batch.toOpaque()), ordering: .acquiringAndReleasing)
            if exchanged { break }
            expected = original
        }
        if expected == 0 { wake() }
    }

    /// Takes every record that was left, in the order of each sender. The owner only.
    public func take(_ body: (Record) -> Void) {
        var next = Self.batch(at: head.exchange(0, ordering: .acquiringAndReleasing))
        var inOrder: [Batch] = []
        while let taken = next {
            let batch = taken.takeRetainedValue()
            next = batch.next
            inOrder.append(batch)
        }
        for batch in inOrder.reversed() {
            batch.records.forEach(body)
        }
    }

    private static func batch(at address: UInt) -> Unmanaged<Batch>? {
        UnsafeRawPointer(bitPattern: address).map { Unmanaged.fromOpaque($0) }
    }
}

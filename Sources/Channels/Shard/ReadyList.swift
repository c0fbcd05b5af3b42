/// Sessions that are to be flushed at the end of a tick, each at most once: there is room for all of
/// a shard, so adding one is one store. Owned by one shard.
///
/// Its methods do not mutate the value, only what it points to: as a constant of the shard it is spared the
/// checks for overlapping access, which would cost more than what it does.
struct ReadyList: ~Copyable {
    private let memory: Reservation<UInt32>
    private let counter: UnsafeMutablePointer<Int>

    /// - Parameter capacity: the most sessions, a matter of address space only.
    init(capacity: UInt32) {
        memory = Reservation(capacity: Int(capacity))
        counter = .allocate(capacity: 1)
        counter.initialize(to: 0)
    }

    deinit { counter.deallocate() }

    @inline(__always)
    var count: Int { counter.pointee }
    @inline(__always)
    subscript(index: Int) -> UInt32 { memory.base[index] }

    @inline(__always)
    func append(_ session: UInt32) {
        memory.base[counter.pointee] = session
        counter.pointee += 1
    }

    /// Empties this list into another one, which is empty.
    func move(to other: borrowing ReadyList) {
        other.memory.base.update(from: memory.base, count: count)
        other.counter.pointee = count
        counter.pointee = 0
    }

    func removeAll() { counter.pointee = 0 }
}

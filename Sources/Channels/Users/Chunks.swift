import Synchronization

/// The entries of a ``UserTable`` at addresses that never move, so that they are read without a
/// lock on the table.
///
/// `@unchecked Sendable` because chunks are published by atomic stores and never freed before the
/// table is; what is inside an entry is guarded by the table (states by its stripes, interest by
/// being atomic, ids by being written before the index is given out).
final class Chunks: @unchecked Sendable {
    /// Entries a chunk.
    private static let size = 4_096
    /// The most chunks: 67 million users a process.
    private static let maximumCount = 16_384

    private struct Chunk {
        let interests: UnsafeMutablePointer<Atomic<UInt64>>
        let states: UnsafeMutablePointer<UserState>
        let ids: UnsafeMutablePointer<UserID>
        let made: UnsafeMutablePointer<Bool>
    }

    private let chunks: UnsafeMutablePointer<Atomic<UnsafeMutableRawPointer?>>
    private let growing = Mutex<Void>(())

    init() {
        chunks = .allocate(capacity: Self.maximumCount)
        for i in 0..<Self.maximumCount { (chunks + i).initialize(to: Atomic(nil)) }
    }

    deinit {
        for i in 0..<Self.maximumCount {
            if let pointer = chunks[i].load(ordering: .acquiring) { Self.free(pointer) }
            (chunks + i).deinitialize(count: 1)
        }
        chunks.deallocate()
    }

    /// Makes the entry of an index that was just given out.
    func make(_ index: UserIndex, id: UserID) {
        let chunk = existingOrNew(Int(index) / Self.size)
        let at = Int(index) % Self.size
        (chunk.ids + at).initialize(to: id)
        chunk.made[at] = true
    }

    func interest(_ user: UserIndex) -> UnsafeMutablePointer<Atomic<UInt64>> {
        chunk(user).interests + Int(user) % Self.size
    }

    func state(_ user: UserIndex) -> UnsafeMutablePointer<UserState> {
        chunk(user).states + Int(user) % Self.size
    }

    func id(_ user: UserIndex) -> UnsafeMutablePointer<UserID> {
        chunk(user).ids + Int(user) % Self.size
    }

    @inline(__always)
    private func chunk(_ user: UserIndex) -> Chunk {
        guard let pointer = chunks[Int(user) / Self.size].load(ordering: .acquiring) else {
            preconditionFailure("a user index that this table never gave out")
        }
        return pointer.assumingMemoryBound(to: Chunk.self).pointee
    }

    private func existingOrNew(_ number: Int) -> Chunk {
        precondition(number < Self.maximumCount, "more users than a process can hold")
        return growing.withLock { _ in
            if let pointer = chunks[number].load(ordering: .acquiring) {
                return pointer.assumingMemoryBound(to: Chunk.self).pointee
            }
            let chunk = Self.allocate()
            let pointer = UnsafeMutablePointer<Chunk>.allocate(capacity: 1)
            pointer.initialize(to: chunk)
            chunks[number].store(UnsafeMutableRawPointer(pointer), ordering: .releasing)
            return chunk
        }
    }

    private static func allocate() -> Chunk {
        let chunk = Chunk(
            interests: .allocate(capacity: size), states: .allocate(capacity: size),
            ids: .allocate(capacity: size), made: .allocate(capacity: size))
        for i in 0..<size { (chunk.interests + i).initialize(to: Atomic(0)) }
        chunk.states.initialize(repeating: .unknown, count: size)
        chunk.made.initialize(repeating: false, count: size)
        return chunk
    }

    private static func free(_ raw: UnsafeMutableRawPointer) {
        let pointer = raw.assumingMemoryBound(to: Chunk.self)
        let chunk = pointer.pointee
        for i in 0..<size where chunk.made[i] { (chunk.ids + i).deinitialize(count: 1) }
        chunk.interests.deinitialize(count: size)
        chunk.interests.deallocate()
        chunk.states.deallocate()
        chunk.ids.deallocate()
        chunk.made.deallocate()
        pointer.deallocate()
    }
}

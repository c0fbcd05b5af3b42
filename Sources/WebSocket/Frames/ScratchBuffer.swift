/// Memory that the connections of one event loop use in turn, so that none of them needs its own.
final class ScratchBuffer {
    private(set) var bytes: UnsafeMutableRawBufferPointer

    init(capacity: Int) {
        bytes = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit { bytes.deallocate() }

    /// The memory, at least `count` bytes of it; what it held before may be lost.
    func reserve(_ count: Int) -> UnsafeMutableRawPointer {
        if bytes.count < count { replace(capacity: max(count, bytes.count * 2)) }
        return bytes.baseAddress.unsafelyUnwrapped
    }

    private func replace(capacity: Int) {
        bytes.deallocate()
        bytes = .allocate(byteCount: capacity, alignment: 16)
    }
}

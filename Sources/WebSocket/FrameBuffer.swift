/// A growing buffer in which a message is built in place, with room in front for its header, so
/// that header and payload leave as one piece of memory and nothing is copied.
///
/// One is enough for an event loop: `reset()`, append, send. Not thread-safe.
public final class FrameBuffer {
    /// The greatest header: flags, a 64-bit length, a mask.
    @usableFromInline static let headRoom = FrameHeader.maximumSize

    @usableFromInline var base: UnsafeMutableRawPointer
    @usableFromInline var capacity: Int
    @usableFromInline var used = 0

    /// - Parameter capacity: Payload bytes that fit before the buffer grows (by doubling).
    public init(capacity: Int = 4096) {
        self.capacity = max(capacity, 64)
        base = .allocate(byteCount: Self.headRoom + self.capacity, alignment: 16)
    }

    deinit { base.deallocate() }

    /// Payload bytes so far.
    @inlinable public var count: Int { used }

    /// The payload; valid until the buffer is changed.
    @inlinable public var payload: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base + Self.headRoom, count: used)
    }

    /// Empties the buffer; its memory is kept.
    @inlinable public func reset() { used = 0 }

    /// Drops everything after the first `count` bytes.
    public func truncate(to count: Int) {
        precondition(count >= 0 && count <= used, "truncate(to:) cannot extend a payload")
        used = count
    }

    /// Overwrites a byte that was appended before, such as a comma that turned out to be the last.
    public func replaceByte(at index: Int, with byte: UInt8) {
        precondition(index >= 0 && index < used, "there is no such byte")
        base.storeBytes(of: byte, toByteOffset: Self.headRoom + index, as: UInt8.self)
    }

    /// Appends up to `maximum` bytes that `write` puts at the address it is given.
    /// - Parameter write: Returns how many bytes it wrote; not more than `maximum`.
    @inlinable
    public func append(maximum: Int, _ write: (UnsafeMutableRawPointer) -> Int) {
        if capacity - used < maximum { grow(by: maximum) }
        used += write(base + Self.headRoom + used)
        assert(used <= capacity, "more was written than announced")
    }

    @usableFromInline
    func grow(by count: Int) {
        let enough = max(capacity * 2, used + count)
        let grown = UnsafeMutableRawPointer.allocate(byteCount: Self.headRoom + enough, alignment: 16)
        grown.copyMemory(from: base, byteCount: Self.headRoom + used)
        base.deallocate()
        (base, capacity) = (grown, enough)
    }
}

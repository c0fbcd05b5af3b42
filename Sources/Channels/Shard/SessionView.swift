import Geo

/// Bitmaps and follows of one session, as pointers into its entry and its block. Made anew for each
/// use; nothing may be added to the session while it is in use.
struct SessionView {
    let entry: UnsafeMutablePointer<SessionEntry>
    let follows: UnsafeMutablePointer<Follow>
    let shown: UnsafeMutablePointer<UInt64>
    let dirty: UnsafeMutablePointer<UInt64>

    @inline(__always)
    init?(_ entry: UnsafeMutablePointer<SessionEntry>) {
        guard let block = entry.pointee.block else { return nil }
        self.entry = entry
        let capacity = Int(entry.pointee.slotCapacity)
        let words = (capacity + 63) / 64
        shown = block.assumingMemoryBound(to: UInt64.self)
        let isInline = capacity <= SessionEntry.inlineDirtyBits
        dirty =
            isInline
            ? (UnsafeMutableRawPointer(entry) + SessionEntry.inlineDirtyOffset).assumingMemoryBound(to: UInt64.self)
            : shown + words
        follows = (block + (isInline ? words : 2 * words) * 8).assumingMemoryBound(to: Follow.self)
    }

    /// How many words the bitmaps have in use.
    @inline(__always)
    var wordCount: Int { (Int(entry.pointee.slotCount) + 63) / 64 }
    @inline(__always)
    var slotCount: Int { Int(entry.pointee.slotCount) }

    @inline(__always)
    func isShown(_ slot: Int) -> Bool { shown[slot >> 6] & (1 << UInt64(slot & 63)) != 0 }

    func clearBits(_ slot: Int) {
        shown[slot >> 6] &= ~(1 << UInt64(slot & 63))
        dirty[slot >> 6] &= ~(1 << UInt64(slot & 63))
    }

    /// The bytes of a block for `capacity` follows.
    static func blockSize(capacity: Int) -> Int {
        let words = (capacity + 63) / 64
        return (capacity <= SessionEntry.inlineDirtyBits ? words : 2 * words) * 8
            + capacity * MemoryLayout<Follow>.stride
    }
}

/// Waiting for memory once instead of a hundred times.
///
/// The sessions of a tick lie anywhere, and what a flush of one reads hangs together: entry, follows, channel.
/// Read one session after the other, nearly all of the time is spent waiting for memory, a cache line at a
/// time. So a group of sessions is read ahead, link by link for all of the group, in loops that are short
/// enough for the processor to have many lines on their way at the same time; the flush then finds them near.
extension Shard {
    /// How many sessions are read ahead together.
    static let warmedTogether = 16

    /// Reads what the flush of the sessions from `first` on will read. Changes nothing.
    func warm(from first: Int) {
        let group = first..<min(first + Self.warmedTogether, flushing.count)
        var read: UInt64 = 0
        for place in group { read ^= warmEntry(flushing[place]) }
        for place in group { read ^= warmFollows(of: flushing[place]) }
        for place in group { read ^= warmChannels(of: flushing[place]) }
        warmth = read
    }

    @inline(__always)
    private func warmEntry(_ session: UInt32) -> UInt64 {
        let entry = sessions + Int(session)
        return UInt64(entry.pointee.slotCount) ^ entry.pointee.firstInlineDirty
            ^ sessionPositions[Int(session)].limit.bitPattern
    }

    @inline(__always)
    private func warmFollows(of session: UInt32) -> UInt64 {
        var read: UInt64 = 0
        forEachDirty(of: session) { follow, shown in read ^= UInt64(follow.pointee.channel) ^ shown }
        return read
    }

    @inline(__always)
    private func warmChannels(of session: UInt32) -> UInt64 {
        var read: UInt64 = 0
        forEachDirty(of: session) { follow, _ in
            let channel = Int(follow.pointee.channel)
            read ^= channelPositions[channel].x.bitPattern ^ UInt64(channels[channel].user)
        }
        return read
    }

    @inline(__always)
    private func forEachDirty(of session: UInt32, _ body: (UnsafeMutablePointer<Follow>, UInt64) -> Void) {
        guard let view = SessionView(sessions + Int(session)) else { return }
        for word in 0..<view.wordCount {
            var bits = view.dirty[word]
            while bits != 0 {
                body(view.follows + (word << 6 + bits.trailingZeroBitCount), view.shown[word])
                bits &= bits - 1
            }
        }
    }
}

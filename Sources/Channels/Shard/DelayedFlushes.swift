/// Sessions that must wait before their next frame: buckets of 16 ms, linked through
/// ``SessionEntry/nextDelayed``. Owned by one shard.
struct DelayedFlushes {
    private static let granularity = EngineSettings.flushBucketMilliseconds

    private var heads: ContiguousArray<UInt32>
    private var count = 0
    private var emptied: Int64 = .min

    /// - Parameter longest: the longest delay, milliseconds.
    init(longest: Int64) {
        heads = ContiguousArray(repeating: 0, count: Int(longest / Self.granularity) + 3)
    }

    /// When ``due(at:entries:into:)`` has something to do at the earliest, or `nil` while nobody waits.
    var nextDue: Int64? {
        guard count > 0 else { return nil }
        var bucket = emptied + 1
        while heads[Int(bucket % Int64(heads.count))] == 0 { bucket += 1 }
        return bucket * Self.granularity
    }

    /// Makes a session wait until `due`, rounded up to 16 ms. It must not be waiting.
    mutating func insert(_ session: UInt32, due: Int64, now: Int64, entries: UnsafeMutablePointer<SessionEntry>) {
        if count == 0 { emptied = now / Self.granularity }
        let wanted = (due + Self.granularity - 1) / Self.granularity
        let bucket = min(max(wanted, emptied + 1), emptied + Int64(heads.count))
        let at = Int(bucket % Int64(heads.count))
        entries[Int(session)].nextDelayed = heads[at]
        heads[at] = session
        count += 1
    }

    /// Moves everyone whose time has come to the end of `taken`.
    mutating func due(
        at now: Int64, entries: UnsafeMutablePointer<SessionEntry>, into taken: inout ContiguousArray<UInt32>
    ) {
        guard count > 0 else { return }
        let last = now / Self.granularity
        let first = max(emptied + 1, last - Int64(heads.count) + 1)
        guard first <= last else { return }
        emptied = last
        for bucket in first...last {
            let at = Int(bucket % Int64(heads.count))
            var session = heads[at]
            heads[at] = 0
            while session != 0 {
                taken.append(session)
                count -= 1
                session = entries[Int(session)].nextDelayed
            }
        }
    }
}

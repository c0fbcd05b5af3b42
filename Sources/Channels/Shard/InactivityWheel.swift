/// When which channel may have become inactive: buckets of channels, linked through
/// ``ChannelEntry/wheelNext``.
///
/// Lazy: an update does not move its channel. When a bucket's time has come the owner looks at each
/// of its channels and puts back those that were heard since. One bucket is 1/512 of the inactivity
/// time, so a channel is found inactive late by at most that. Owned by one shard.
struct InactivityWheel {
    private static let bucketsPerInactivity: Int64 = 512

    private let granularity: Int64
    private var heads: ContiguousArray<UInt32>
    private var count = 0
    /// The last bucket, as an absolute number, that was emptied.
    private var emptied: Int64 = .min

    init(inactivity: Int64) {
        granularity = max(1, (inactivity + Self.bucketsPerInactivity - 1) / Self.bucketsPerInactivity)
        heads = ContiguousArray(repeating: 0, count: Int(inactivity / granularity) + 3)
    }

    /// When ``due(at:_:)`` has something to do at the earliest, or `nil` while the wheel is empty.
    var nextDue: Int64? {
        count == 0 ? nil : (emptied + 2) * granularity
    }

    /// Puts a channel in the bucket of `deadline`. It must not be in the wheel.
    mutating func insert(_ channel: UInt32, deadline: Int64, now: Int64, entries: UnsafeMutablePointer<ChannelEntry>) {
        if count == 0 { emptied = now / granularity - 1 }
        let bucket = max(deadline / granularity, emptied + 1)
        let at = Int(bucket % Int64(heads.count))
        entries[Int(channel)].wheelNext = heads[at]
        entries[Int(channel)].flags.insert(.inWheel)
        heads[at] = channel
        count += 1
    }

    /// Takes every channel whose bucket has passed out of the wheel.
    mutating func due(at now: Int64, entries: UnsafeMutablePointer<ChannelEntry>) -> [UInt32] {
        guard count > 0 else { return [] }
        var taken: [UInt32] = []
        let last = now / granularity - 1
        let first = max(emptied + 1, last - Int64(heads.count) + 1)
        guard first <= last else { return [] }
        for bucket in first...last {
            let at = Int(bucket % Int64(heads.count))
            var channel = heads[at]
            heads[at] = 0
            while channel != 0 {
                taken.append(channel)
                entries[Int(channel)].flags.remove(.inWheel)
                channel = entries[Int(channel)].wheelNext
            }
        }
        emptied = last
        count -= taken.count
        return taken
    }
}

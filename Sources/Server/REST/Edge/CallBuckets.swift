import Channels

/// How often each user may call.
///
/// A bucket is forgotten once it must be full again, so there are about as many as users who called within
/// the last seconds.
struct CallBuckets {
    struct Entry {
        var bucket: TokenBucket
        var usedAt: Int64
    }

    /// Fewer entries than this are not worth looking through.
    static let smallestSweep = 1_024
    /// How long an empty bucket takes to be full.
    private static let refillMilliseconds = Int64(Limits.userCallBurst * 1_000 / Limits.userCallsPerSecond)

    private(set) var entries: [UserID: Entry] = [:]
    /// With so many entries, those that are full are looked for.
    private var sweepCount = smallestSweep

    /// Takes one call of `user`. Returns `nil` if it is let through, else the milliseconds to wait.
    ///
    /// - Parameter now: monotonic milliseconds.
    mutating func wait(_ user: UserID, now: Int64) -> Int64? {
        if entries.count >= sweepCount { sweep(now: now) }
        var entry = entries[user] ?? Self.fullEntry(now: now)
        defer { entries[user] = entry }
        entry.usedAt = now
        return entry.bucket.take(now: now) ? nil : max(1, entry.bucket.wait(now: now))
    }

    private static func fullEntry(now: Int64) -> Entry {
        let bucket = TokenBucket(
            perSecond: Limits.userCallsPerSecond, burst: Limits.userCallBurst, now: now)
        return Entry(bucket: bucket, usedAt: now)
    }

    private mutating func sweep(now: Int64) {
        entries = entries.filter { now - $0.value.usedAt < Self.refillMilliseconds }
        // Twice as many must come before the next look, so that looking costs little for each call.
        sweepCount = max(Self.smallestSweep, entries.count * 2)
    }
}

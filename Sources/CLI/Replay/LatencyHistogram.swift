/// Durations in log-linear buckets, less than 1 % wide: quantiles of millions of values in a few kilobytes.
struct LatencyHistogram {
    private static let bucketsPerOctave = 128

    private var buckets = [UInt64](repeating: 0, count: 128 * 58)
    private(set) var count: UInt64 = 0
    private(set) var maximum: UInt64 = 0

    /// Counts one duration.
    mutating func add(microseconds value: UInt64) {
        count += 1
        maximum = max(maximum, value)
        buckets[min(Self.bucket(of: value), buckets.count - 1)] += 1
    }

    mutating func add(_ other: LatencyHistogram) {
        for index in buckets.indices { buckets[index] += other.buckets[index] }
        count += other.count
        maximum = max(maximum, other.maximum)
    }

    /// The value below which a share of the durations lies, microseconds; 0 if there is none.
    func quantile(_ share: Double) -> UInt64 {
        let wanted = UInt64(Double(count) * share)
        var seen: UInt64 = 0
        for (index, count) in buckets.enumerated() {
            seen += count
            if seen > wanted { return Self.value(of: index) }
        }
        return maximum
    }

    private static func bucket(of value: UInt64) -> Int {
        guard value >= UInt64(2 * bucketsPerOctave) else { return Int(value) }
        let shift = 63 - value.leadingZeroBitCount - 7
        return bucketsPerOctave * shift + Int(value >> UInt64(shift))
    }

    /// The middle of a bucket.
    private static func value(of index: Int) -> UInt64 {
        guard index >= 2 * bucketsPerOctave else { return UInt64(index) }
        let shift = index / bucketsPerOctave - 1
        return (UInt64(index - bucketsPerOctave * shift) << UInt64(shift)) + (1 << UInt64(shift)) / 2
    }
}

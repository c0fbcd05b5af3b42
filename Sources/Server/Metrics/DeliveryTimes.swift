/// How long updates took from the server's receipt of a location to the frame that tells a friend: one of each frame, by
/// powers of two.
struct DeliveryTimes: Sendable, Equatable {
    /// The upper ends of the classes, milliseconds; what took longer is in one more class.
    static let upTo: [Int64] = (0...13).map { 1 << $0 }
    /// A friend heard longer ago came into view, which no update was waiting for.
    private static let maximum: Int64 = 10_000

    private(set) var counts = [UInt64](repeating: 0, count: DeliveryTimes.upTo.count + 1)

    mutating func add(_ milliseconds: Int64) {
        guard milliseconds <= Self.maximum else { return }
        let value = UInt64(max(1, milliseconds)) - 1
        counts[min(UInt64.bitWidth - value.leadingZeroBitCount, counts.count - 1)] += 1
    }

    static func += (sum: inout DeliveryTimes, other: DeliveryTimes) {
        for index in sum.counts.indices { sum.counts[index] += other.counts[index] }
    }
}

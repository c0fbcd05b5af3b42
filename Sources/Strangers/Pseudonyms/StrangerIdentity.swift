/// Who a user is among strangers: its number, and a life that is drawn anew each time it becomes visible.
///
/// The life makes a user who left and came back somebody else to everyone. One word, so that a member stays
/// at 32 bytes.
struct StrangerIdentity: Hashable, Sendable, BitwiseCopyable {
    static let lifeBits = 24

    let rawValue: UInt64

    /// - Parameters:
    ///   - number: 0 to ``StrangerLimits/maximumUserNumber`` (precondition).
    ///   - life: random; the lower 24 bits count.
    init(number: Int64, life: UInt64) {
        precondition(0...StrangerLimits.maximumUserNumber ~= number, "a user's number has at most 40 bits")
        rawValue = UInt64(number) << UInt64(Self.lifeBits) | life & (1 << UInt64(Self.lifeBits) - 1)
    }

    init(rawValue: UInt64) { self.rawValue = rawValue }

    var number: UInt64 { rawValue >> UInt64(Self.lifeBits) }
    var life: UInt64 { rawValue & (1 << UInt64(Self.lifeBits) - 1) }
}

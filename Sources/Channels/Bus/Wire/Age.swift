/// How long ago the server heard something, as it crosses the wire: milliseconds in 32 bits, so that no two clocks are
/// ever compared.
enum Age {
    /// Never heard, or so long ago that it does not matter.
    static let unknown = UInt32.max

    /// From a reading of the own clock.
    static func of(heard: Int64, now: Int64) -> UInt32 {
        guard heard != .min else { return unknown }
        let (age, overflow) = now.subtractingReportingOverflow(heard)
        return overflow ? unknown : UInt32(clamping: max(age, 0))
    }

    /// To a reading of the own clock. What is unknown is as old as anything can be: a reading that others can be compared
    /// with, whatever came over the wire.
    static func heard(_ age: UInt32, now: Int64) -> Int64 {
        let (heard, overflow) = now.subtractingReportingOverflow(Int64(age))
        return overflow ? now : heard
    }
}

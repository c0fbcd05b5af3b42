/// Durations as people write them in settings: a number and a unit, `250ms`, `30s`, `10min`, `1.5h`, `30d`.
public enum DurationText {
    /// Units in milliseconds, greatest first. `ms` and `min` stand before `s` and after `d`, so that no
    /// unit is taken for the end of another.
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("ms", 1), ("s", 1_000),
    ]

    /// The number of decimals that are read.
    private static let maximumDecimals = 3

    /// `nil` unless `text` is a number of at most 12 digits and a unit, and whole in milliseconds.
    public static func parse(_ text: String) -> Duration? {
        guard let unit = units.first(where: { text.hasSuffix($0.name) }) else { return nil }
        let parts = text.dropLast(unit.name.count).split(separator: ".", omittingEmptySubsequences: false)
        let decimals = parts.count == 2 ? String(parts[1]) : ""
        guard parts.count == 1 || (parts.count == 2 && !decimals.isEmpty), decimals.count <= maximumDecimals,
            !parts[0].isEmpty, let digits = wholeNumber(parts[0] + decimals)
        else { return nil }
        let scale = (0..<decimals.count).reduce(Int64(1)) { scale, _ in scale * 10 }
        let (product, overflow) = digits.multipliedReportingOverflow(by: unit.milliseconds)
        guard !overflow, product % scale == 0 else { return nil }
        return .milliseconds(product / scale)
    }

    /// The shortest text with a whole number.
    static func format(_ duration: Duration) -> String {
        let milliseconds = duration.milliseconds
        guard milliseconds != 0 else { return "0s" }
        let byLength = units.sorted { $0.milliseconds > $1.milliseconds }
        let unit = byLength.first { milliseconds % $0.milliseconds == 0 } ?? ("ms", 1)
        return "\(milliseconds / unit.milliseconds)\(unit.name)"
    }

    /// Digits only: no sign, no space.
    private static func wholeNumber(_ text: some StringProtocol) -> Int64? {
        guard text.utf8.count <= 12, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text)
    }
}

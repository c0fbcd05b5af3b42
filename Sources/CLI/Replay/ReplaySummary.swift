import Foundation

/// What a replay prints at its end.
struct ReplaySummary: CustomStringConvertible, Sendable {
    let users: Int
    let sent: Int
    let deliveries: Int
    let seconds: Double
    let p50: UInt64
    let p99: UInt64
    let maximum: UInt64
    /// `nil` if nothing was compared.
    let differences: ReplayOracle.Differences?
    /// Of clients that went by the server's `quiet`; `nil` if they did not.
    let quiet: QuietDifferences?
    /// All fixes of such clients, the first of each track apart.
    let quietFixes: Int

    init(
        _ driver: ReplayDriver, seconds: Double, differences: ReplayOracle.Differences? = nil,
        quiet: QuietDifferences? = nil
    ) {
        users = driver.clients.count
        sent = driver.sent
        deliveries = driver.deliveries
        self.seconds = seconds
        p50 = driver.latencies.quantile(0.5)
        p99 = driver.latencies.quantile(0.99)
        maximum = driver.latencies.maximum
        self.differences = differences
        self.quiet = quiet
        quietFixes = driver.quietFixes
    }

    /// Whether everybody saw what there was to see.
    var isClean: Bool { differences?.isEmpty ?? true && quiet?.isEmpty ?? true }

    var description: String {
        var lines = [
            "sessions    \(users)",
            "updates     \(sent) in \(Self.decimal(seconds)) s = \(Int(Double(sent) / max(seconds, 0.001)))/s",
            "deliveries  \(deliveries) = \(Int(Double(deliveries) / max(seconds, 0.001)))/s",
            "latency     p50 \(Self.milliseconds(p50)) ms, p99 \(Self.milliseconds(p99)) ms, max \(Self.milliseconds(maximum)) ms",
        ]
        if let differences {
            lines.append("compared    \(differences.compared) entries of friends' lists with brute force")
            lines.append(
                "missing \(differences.missing), extra \(differences.extra), wrong position \(differences.wrongPosition)"
            )
        }
        if let quiet { lines += Self.lines(of: quiet, saved: quietFixes - sent, of: quietFixes) }
        return lines.joined(separator: "\n")
    }

    private static func lines(of quiet: QuietDifferences, saved: Int, of fixes: Int) -> [String] {
        let share = Double(saved) / Double(max(1, fixes)) * 100
        return [
            "saved       \(decimal(share)) % of \(fixes) fixes",
            "compared    \(quiet.compared) entries of friends' lists with brute force over all fixes",
            "missing \(quiet.missing), extra \(quiet.extra), at most \(metres(quiet.farthestMissing)) inside the radius",
            "distances   wrong by at most \(metres(quiet.distanceError)), and by \(decimal(quiet.distanceErrorShare * 100)) % "
                + "beyond \(metres(QuietDifferences.nearestForShare))",
        ]
    }

    private static func metres(_ value: Double) -> String { "\(Int(value.rounded())) m" }
    private static func decimal(_ value: Double) -> String { String(format: "%.1f", value) }
    private static func milliseconds(_ microseconds: UInt64) -> String { decimal(Double(microseconds) / 1_000) }
}

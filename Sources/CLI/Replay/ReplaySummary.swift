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

    init(_ driver: ReplayDriver, seconds: Double, differences: ReplayOracle.Differences?) {
        users = driver.clients.count
        sent = driver.sent
        deliveries = driver.deliveries
        self.seconds = seconds
        p50 = driver.latencies.quantile(0.5)
        p99 = driver.latencies.quantile(0.99)
        maximum = driver.latencies.maximum
        self.differences = differences
    }

    /// Whether everybody saw what there was to see.
    var isClean: Bool { differences?.isEmpty ?? true }

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
        return lines.joined(separator: "\n")
    }

    private static func decimal(_ value: Double) -> String { String(format: "%.1f", value) }
    private static func milliseconds(_ microseconds: UInt64) -> String { decimal(Double(microseconds) / 1_000) }
}

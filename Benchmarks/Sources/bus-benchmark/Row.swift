import Foundation

/// A line of the table.
struct Row {
    private static let titles = [
        "", "rate", "published", "sent", "delivered", "deliveries/s", "speaker µs", "hearer µs", "redis µs",
    ]

    private let cells: [String]

    init(name: String, _ run: Run) {
        let delivered = max(1, run.delivered)
        cells = [
            name, run.rate.map(String.init) ?? "full", "\(run.published)", "\(run.sent)", "\(run.delivered)",
            "\(Int(Double(run.delivered) / run.wall))", Self.micros(run.speaker, max(1, run.sent)),
            Self.micros(run.hearer, delivered), Self.micros(run.redis, delivered),
        ]
    }

    static func printHeader() {
        Swift.print("µs of CPU: the speaker's a publication that was sent, the hearer's and Redis' a delivery.")
        Swift.print(line(titles))
    }

    func print() { Swift.print(Self.line(cells)) }

    private static func line(_ cells: [String]) -> String {
        cells.map { String(repeating: " ", count: max(1, 13 - $0.count)) + $0 }.joined()
    }

    private static func micros(_ seconds: Double, _ count: Int) -> String {
        String(format: "%.2f", seconds / Double(count) * 1e6)
    }
}

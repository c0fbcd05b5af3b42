/// One operation: what it costs here and with the baselines, in nanoseconds of thread CPU time.
struct Row {
    let name: String
    let ours: Double
    var bisection: Double?
    var cLibrary: Double?

    static let header = text(["", "nearby", "bisection", "", "pygeohash", ""])

    var line: String {
        Self.text([
            name, Self.number(ours), bisection.map(Self.number) ?? "", times(bisection),
            cLibrary.map(Self.number) ?? "", times(cLibrary),
        ])
    }

    var json: String {
        var members = ["\"operation\":\"\(name)\"", "\"ns\":\(Self.number(ours))"]
        if let bisection { members.append("\"bisection_ns\":\(Self.number(bisection))") }
        if let cLibrary { members.append("\"pygeohash_ns\":\(Self.number(cLibrary))") }
        return "{\(members.joined(separator: ","))}"
    }

    private func times(_ baseline: Double?) -> String {
        baseline.map { "\(Self.number($0 / ours)) ×" } ?? ""
    }

    private static func number(_ value: Double) -> String {
        value < 100 ? "\((value * 10).rounded() / 10)" : "\(Int(value.rounded()))"
    }

    private static func text(_ cells: [String]) -> String {
        let first = cells[0] + String(repeating: " ", count: max(1, 34 - cells[0].count))
        return first + cells.dropFirst().map { String(repeating: " ", count: max(1, 11 - $0.count)) + $0 }.joined()
    }
}

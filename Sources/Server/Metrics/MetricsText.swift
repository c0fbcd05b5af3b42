/// Prometheus' text format, version 0.0.4.
enum MetricsText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    static func render(_ metrics: [Metric]) -> [UInt8] {
        var text = ""
        for metric in metrics {
            text += "# HELP \(metric.name) \(metric.help)\n"
            text += "# TYPE \(metric.name) \(metric.kind.rawValue)\n"
            for sample in metric.samples { text += line(metric.name, sample) }
        }
        return Array(text.utf8)
    }

    private static func line(_ name: StaticString, _ sample: Metric.Sample) -> String {
        let label = sample.label.map { "{\($0.name)=\"\($0.value)\"}" } ?? ""
        let value =
            switch sample.value {
            case .integer(let integer): "\(integer)"
            case .real(let real): "\(real)"
            }
        return "\(name)\(label) \(value)\n"
    }
}

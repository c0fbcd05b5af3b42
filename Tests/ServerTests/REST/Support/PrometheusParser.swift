/// A strict reader of Prometheus' text format 0.0.4, as far as this server uses it: every metric has HELP, then
/// TYPE, then samples, all together, and nothing stands there twice.
struct PrometheusParser {
    struct Failure: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    /// The kind of every metric.
    private(set) var kinds: [String: String] = [:]
    /// The value of every sample, by its name with labels.
    private(set) var samples: [String: Double] = [:]

    private var helped: String?
    private var current: String?

    init(_ text: String) throws {
        guard text.last == "\n" else { throw Failure("the last line does not end") }
        for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("# HELP ") {
                try help(line.dropFirst(7))
            } else if line.hasPrefix("# TYPE ") {
                try type(line.dropFirst(7))
            } else {
                try sample(line)
            }
        }
    }

    private mutating func help(_ rest: Substring) throws {
        let parts = rest.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].wholeMatch(of: /[a-zA-Z_:][a-zA-Z0-9_:]*/) != nil else {
            throw Failure("HELP: \(rest)")
        }
        guard kinds[String(parts[0])] == nil else { throw Failure("twice: \(rest)") }
        helped = String(parts[0])
    }

    private mutating func type(_ rest: Substring) throws {
        let parts = rest.split(separator: " ")
        guard parts.count == 2, String(parts[0]) == helped, ["counter", "gauge"].contains(parts[1]) else {
            throw Failure("TYPE: \(rest)")
        }
        guard parts[1] != "counter" || parts[0].hasSuffix("_total") else { throw Failure("no total: \(rest)") }
        current = String(parts[0])
        kinds[String(parts[0])] = String(parts[1])
    }

    private mutating func sample(_ line: Substring) throws {
        guard let match = line.wholeMatch(of: /([a-z_]+)(\{([a-z_]+)="([a-z0-9_]+)"\})? (-?[0-9][0-9.e+-]*)/),
            String(match.1) == current, let value = Double(match.5)
        else { throw Failure("sample: \(line)") }
        let name = String(match.1) + String(match.2 ?? "")
        guard samples.updateValue(value, forKey: name) == nil else { throw Failure("twice: \(line)") }
        if kinds[String(match.1)] == "counter", value < 0 { throw Failure("negative: \(line)") }
    }
}

import ArgumentParser

/// How an answer is written.
enum OutputFormat: String, CaseIterable {
    case text, json, geojson, svg, wkt

    /// Those for lines of standard input, one answer a line: a picture has many.
    static let ofLines: [OutputFormat] = [.text, .json, .geojson, .wkt]

    /// Reads `--format`.
    ///
    /// - Parameter allowed: those that the verb can do.
    static func parse(_ text: String, among allowed: [OutputFormat] = allCases) throws -> OutputFormat {
        guard let format = OutputFormat(rawValue: text), allowed.contains(format) else {
            throw ValidationError("--format: must be \(list(allowed, last: "or")) here")
        }
        return format
    }

    static func help(_ allowed: [OutputFormat] = allCases) -> ArgumentHelp {
        ArgumentHelp("How the answer is written: \(list(allowed, last: "or")).", valueName: "format")
    }

    static func completion(_ allowed: [OutputFormat] = allCases) -> CompletionKind {
        .list(allowed.map(\.rawValue))
    }

    private static func list(_ formats: [OutputFormat], last: String) -> String {
        let names = formats.map(\.rawValue)
        return names.count < 2 ? names.joined() : "\(names.dropLast().joined(separator: ", ")) \(last) \(names.last!)"
    }
}

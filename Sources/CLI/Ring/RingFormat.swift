import ArgumentParser

/// `--format` of the ring's verbs.
struct RingFormat: ParsableArguments {
    @Option(help: OutputFormat.help(OutputFormat.ofRings), completion: OutputFormat.completion(OutputFormat.ofRings))
    var format = "text"

    func validate() throws { _ = try OutputFormat.parse(format, among: OutputFormat.ofRings) }

    /// Writes one or the other, and a JSON value on a line of its own.
    func write(_ text: @autoclosure () -> String, _ json: @autoclosure () -> JSONValue) throws {
        try StandardOutput.write(format == OutputFormat.json.rawValue ? "\(json())\n" : text())
    }
}

extension OutputFormat {
    static let ofRings: [OutputFormat] = [.text, .json]
}

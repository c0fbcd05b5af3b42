import ArgumentParser
import Geo

/// `nearby geohash validate`: whether texts are geohashes.
struct ValidateCommand: ParsableCommand {
    private static let formats: [OutputFormat] = [.text, .json]

    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Says whether texts are geohashes, and if not, which character is wrong.",
        discussion: Examples.text(
            after: """
                Those that are go to standard output, in lower case; what is wrong with each of the others is a line on \
                standard error, or a member of the JSON. The exit status is 1 if any is invalid. Of lines of standard \
                input, the JSON is one object a line.
                """,
            ("validate 9Q8YYK", "9q8yyk"),
            ("validate 9q8yya", "Error: <text>: character 6 is `a`, which geohashes do not use"),
            ("validate - < hashes.txt > good.txt", "")))

    @Argument(help: ArgumentHelp("Texts to look at; - reads lines of standard input.", valueName: "text")) var texts:
        [String]
    @Option(help: OutputFormat.help(formats), completion: OutputFormat.completion(formats)) var format = "text"

    func run() throws {
        let isJSON = try outputFormat() == .json
        if texts.count > 1, texts.contains("-") { throw ValidationError("<text>: - stands alone") }
        let isValid = try texts == ["-"] ? checkLines(isJSON) : checkTexts(isJSON)
        guard isValid else { throw ExitCode.failure }
    }

    private func outputFormat() throws -> OutputFormat { try OutputFormat.parse(format, among: Self.formats) }

    private func checkTexts(_ isJSON: Bool) throws -> Bool {
        let validations = texts.map { Validation($0) }
        let isValid = validations.allSatisfy { $0.fault == nil }
        guard !isJSON else {
            let json: JSONValue = ["valid": .bool(isValid), "texts": .array(validations.map(\.json))]
            try StandardOutput.write("\(json)\n")
            return isValid
        }
        var output = StandardOutput()
        for (index, validation) in validations.enumerated() {
            try Self.write(validation, name: texts.count == 1 ? "<text>" : "<text> \(index + 1)", &output)
        }
        try output.flush()
        return isValid
    }

    private func checkLines(_ isJSON: Bool) throws -> Bool {
        var isValid = true
        try LineFilter.runNumbered { line, number, output in
            let validation = Validation(String(decoding: LineFilter.trimmed(line), as: UTF8.self))
            if validation.fault != nil { isValid = false }
            if isJSON {
                try output.write("\(validation.json)\n")
            } else {
                try Self.write(validation, name: "standard input, line \(number)", &output)
            }
        }
        return isValid
    }

    private static func write(_ validation: Validation, name: String, _ output: inout StandardOutput) throws {
        switch validation.result {
        case .success(let cell): try output.write("\(cell)\n")
        case .failure(let error): StandardError.write("Error: \(name): \(error)")
        }
    }
}

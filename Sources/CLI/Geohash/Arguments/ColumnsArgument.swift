import ArgumentParser

/// Reads `--columns`: names with commas between them.
enum ColumnsArgument {
    /// - Parameter format: CSV goes out as CSV, so it must be `text`.
    static func parse(_ text: String, count: Int, format: String) throws -> [String] {
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard names.count == count, !names.contains("") else {
            throw ValidationError("--columns: must be \(count == 1 ? "a name" : "\(count) names with a comma between")")
        }
        guard format == OutputFormat.text.rawValue else {
            throw ValidationError("--format: with --columns there is CSV only")
        }
        return names
    }
}

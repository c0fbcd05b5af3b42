/// The examples in a help text.
enum Examples {
    /// - Parameters:
    ///   - prose: stands before them.
    ///   - lines: command lines without `nearby geohash`, each with what it does or prints.
    static func text(after prose: String = "", _ lines: (command: String, comment: String)...) -> String {
        let rows = lines.map { line in
            "  nearby geohash \(line.command)" + (line.comment.isEmpty ? "" : "\n      \(line.comment)")
        }
        return prose + (prose.isEmpty ? "" : "\n\n") + "EXAMPLES:\n" + rows.joined(separator: "\n")
    }
}

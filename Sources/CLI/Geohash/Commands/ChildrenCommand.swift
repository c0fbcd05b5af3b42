import ArgumentParser
import Geo

/// `nearby geohash children`: the cells that make up a cell.
struct ChildrenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "children",
        abstract: "Prints the 32 cells of one more character that make up a cell.",
        discussion: Examples.text(
            after: """
                A cell of 12 characters has none. From lines of standard input, the text is one line each.
                """,
            ("children 9q8yy", "32 lines"),
            ("children 9q8yy --format geojson", "32 polygons")))

    @Argument(help: CellArgument.help("A geohash of 1 to 12 characters; - reads lines of standard input.")) var hash:
        String
    @Option(help: OutputFormat.help(), completion: OutputFormat.completion()) var format = "text"

    func run() throws {
        let request = try CellRequest(hash, format)
        if case .cell(let cell, _) = request, cell.children.isEmpty {
            throw ValidationError(
                "\(CellArgument.name): a cell of \(Geohash.maximumPrecision) characters has no children")
        }
        try request.run {
            ChildrenAnswer(cell: $0)
        } line: {
            $0.line
        }
    }
}

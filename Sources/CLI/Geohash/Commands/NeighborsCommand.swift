import ArgumentParser
import Geo

/// `nearby geohash neighbors`: the cells around a cell.
struct NeighborsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "neighbors",
        abstract: "Prints the eight neighbours of a cell, by compass point.",
        discussion: Examples.text(
            after: """
                Across the antimeridian it goes on; beyond a pole there is nothing, which is printed as - (text) or null \
                (json). From lines of standard input, the text is one line each: n ne e se s sw w nw.
                """,
            ("neighbors 9q8yyk", ""),
            ("neighbors b --format json", "at the north pole: n, ne and nw are null"),
            ("neighbors 9q8yyk --format svg > map.svg", "on a map")))

    @Argument(help: CellArgument.help("A geohash of 1 to 12 characters; - reads lines of standard input.")) var hash:
        String
    @Option(help: OutputFormat.help(), completion: OutputFormat.completion()) var format = "text"

    func run() throws {
        try CellRequest(hash, format).run {
            NeighborsAnswer(cell: $0)
        } line: {
            $0.line
        }
    }
}

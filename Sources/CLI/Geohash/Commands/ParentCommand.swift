import ArgumentParser
import Geo

/// `nearby geohash parent`: the cell that a cell is part of.
struct ParentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parent",
        abstract: "Prints the cell of fewer characters that a cell is part of.",
        discussion: Examples.text(
            ("parent 9q8yyk", "9q8yy"),
            ("parent 9q8yyk -p 2", "9q"),
            ("parent - -p 4 < hashes.txt | sort | uniq -c", "how many in each cell")))

    @Argument(help: CellArgument.help("A geohash of 1 to 12 characters; - reads lines of standard input.")) var hash:
        String
    @Option(
        name: PrecisionArgument.name,
        help: PrecisionArgument.help("Characters of the parent (default: one less than the cell has)."))
    var precision: String?
    @Option(help: OutputFormat.help(), completion: OutputFormat.completion()) var format = "text"

    func run() throws {
        let precision = try PrecisionArgument.parse(precision)
        let request = try CellRequest(hash, format)
        if case .cell(let cell, _) = request, ParentAnswer(of: cell, precision: precision) == nil {
            let name = precision == nil ? CellArgument.name : "-p"
            throw ValidationError("\(name): \(ParentFault(cell: cell, precision: precision))")
        }
        try request.run { cell in
            guard let answer = ParentAnswer(of: cell, precision: precision) else {
                throw ParentFault(cell: cell, precision: precision)
            }
            return answer
        } line: {
            $0.text
        }
    }
}

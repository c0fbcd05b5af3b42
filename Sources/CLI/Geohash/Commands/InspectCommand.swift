import ArgumentParser
import Geo

/// `nearby geohash inspect`: all about a cell, with a drawing.
struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Prints all about a cell, with a drawing of it and its neighbours.",
        usage: """
            nearby geohash inspect <hash> [--format <format>]
            nearby geohash inspect <lat> <lon> [-p <n>] [--format <format>]
            """,
        discussion: Examples.text(
            after: """
                The drawing is to scale where a character is twice as high as wide, but for cells near a pole, and says so. \
                As svg, the land is behind it (Natural Earth, 1:110 million). The integer is a text in JSON, as it may have \
                60 bits.
                """,
            ("inspect 9q8yyk", "the cell, its middle marked +"),
            ("inspect 37.7749 -122.4194 -p 7", "the cell of a position, which is marked ●"),
            ("inspect 9q8yyk --format svg > cell.svg", "on a map"),
            ("inspect 9q8yyk --server http://127.0.0.1:8080", "and what a running server knows of it")))

    @Argument(help: ArgumentHelp("A geohash, or latitude and longitude.", valueName: "hash> | <lat> <lon")) var place:
        [String]
    @Option(
        name: PrecisionArgument.name,
        help: PrecisionArgument.help("Characters of the cell of a position, 1 to 12 (default: 6)."))
    var precision: String?
    @Option(help: OutputFormat.help(), completion: OutputFormat.completion()) var format = "text"
    @Option(
        help: ArgumentHelp(
            "Colours in the text: auto (in a terminal, unless NO_COLOR is set), always or never.", valueName: "when"),
        completion: .list(ColorArgument.allCases.map(\.rawValue)))
    var color = "auto"

    @Option(
        help: ArgumentHelp("A running server, http://host:port, to add what it knows of the cell.", valueName: "url"))
    var server: String?
    @Option(help: ArgumentHelp("The API key of the server.", valueName: "key")) var apiKey: String?

    func run() async throws {
        let (cell, point) = try cell()
        let format = try OutputFormat.parse(format)
        let color = try ColorArgument.parse(color)
        let answer = InspectAnswer(
            cell: cell, point: point, figures: try await figures(of: cell), isColored: color.isColored)
        try StandardOutput.write(answer.written(as: format))
    }

    private func cell() throws -> (Geohash, Position?) {
        let precision = try PrecisionArgument.parse(precision)
        guard place.count == 1 else {
            return try cell(of: PositionArgument.parse(place), precision)
        }
        switch try Place.parse(place[0], name: CellArgument.name) {
        case .position(let position): return cell(of: position, precision)
        case .cell(let cell):
            if precision != nil { throw ValidationError("-p: is for <lat> <lon>; a hash has its own precision") }
            return (cell, nil)
        }
    }

    private func cell(of position: Position, _ precision: Int?) -> (Geohash, Position?) {
        (position.cell(precision: precision ?? PrecisionArgument.default), position)
    }
}

import ArgumentParser
import Geo

/// `nearby geohash encode`: the cell that a position is in.
struct EncodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "encode",
        abstract: "Prints the geohash of the cell that a position is in.",
        usage: """
            nearby geohash encode <lat> <lon> [-p <n>] [--format <format>]
            nearby geohash encode - [-p <n>] [--columns <lat>,<lon>] [--format <format>]
            """,
        discussion: Examples.text(
            ("encode 37.7749 -122.4194", "9q8yyk"),
            ("encode -33.86,151.2 -p 9", "one argument will do"),
            ("encode - -p 8 < places.txt", "lines of LAT LON or LAT,LON"),
            ("encode - --columns lat,lon < places.csv", "the CSV again, with a column geohash"),
            ("encode 48.86 2.35 --format geojson", "the cell as a polygon")))

    @Argument(help: ArgumentHelp("Latitude and longitude; - reads lines of standard input.", valueName: "lat> <lon"))
    var position: [String] = []
    @Option(name: PrecisionArgument.name, help: PrecisionArgument.help("Characters, 1 to 12 (default: 6)."))
    var precision: String?
    @Option(
        help: ArgumentHelp(
            "Of CSV on standard input, the columns of latitude and longitude; a column geohash is appended.",
            valueName: "lat,lon"))
    var columns: String?
    @Option(help: OutputFormat.help(), completion: OutputFormat.completion()) var format = "text"

    private enum Request {
        case position(Position, OutputFormat)
        case lines(OutputFormat)
        case csv([String])
    }

    private func characters() throws -> Int {
        try PrecisionArgument.parse(precision) ?? PrecisionArgument.default
    }

    private func request() throws -> Request {
        guard position == ["-"] else {
            if columns != nil { throw ValidationError("--columns: needs - in place of <lat> <lon>") }
            return .position(try PositionArgument.parse(position), try OutputFormat.parse(format))
        }
        guard let columns else { return .lines(try OutputFormat.parse(format, among: OutputFormat.ofLines)) }
        return .csv(try ColumnsArgument.parse(columns, count: 2, format: format))
    }

    func run() throws {
        let precision = try characters()
        switch try request() {
        case .position(let position, let format):
            try StandardOutput.write(EncodeAnswer(position, precision: precision).written(as: format))
        case .lines(.text):
            try Self.encodeLines(precision)
        case .lines(let format):
            try LineFilter.run { line, output in
                try output.write(EncodeAnswer(Position(parsing: line), precision: precision).written(as: format))
            }
        case .csv(let columns):
            try CSVFilter(columns: columns, appended: ["geohash"]).run { row in
                try Position(latitude: row(0), longitude: row(1)).cell(precision: precision)
            } write: { cell, output in
                try output.write(",\(cell)")
            }
        }
    }

    /// The quick way: nothing is allocated for a line.
    private static func encodeLines(_ precision: Int) throws {
        try LineFilter.run { line, output in
            let cell = try Position(parsing: line).cell(precision: precision)
            try output.reserve(Geohash.maximumPrecision + 1) { buffer in
                let count = cell.write(into: buffer)
                buffer[count] = UInt8(ascii: "\n")
                return count + 1
            }
        }
    }
}

import ArgumentParser
import Geo

/// `nearby geohash decode`: where a cell is.
struct DecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Prints the centre, the error and the borders of a cell.",
        usage: """
            nearby geohash decode <hash> [--format <format>]
            nearby geohash decode - [--columns <column>] [--format <format>]
            """,
        discussion: Examples.text(
            after: """
                All numbers are exact. From lines of standard input it prints the centres, LAT LON a line, which encode reads.
                """,
            ("decode 9q8yyk", "centre, error, borders"),
            ("decode 9Q8YYK --format json", "in one line"),
            ("decode - < hashes.txt", "LAT LON a line"),
            ("decode - --columns cell < cells.csv", "the CSV again, with columns lat and lon")))

    @Argument(help: CellArgument.help("A geohash of 1 to 12 characters; - reads lines of standard input.")) var hash:
        String
    @Option(help: ArgumentHelp("Of CSV on standard input, the column of geohashes; lat and lon are appended."))
    var columns: String?
    @Option(help: OutputFormat.help(), completion: OutputFormat.completion()) var format = "text"

    private enum Request {
        case cell(Geohash, OutputFormat)
        case lines(OutputFormat)
        case csv([String])
    }

    private func request() throws -> Request {
        guard hash == "-" else {
            if columns != nil { throw ValidationError("--columns: needs - in place of <hash>") }
            return .cell(try CellArgument.parse(hash), try OutputFormat.parse(format))
        }
        guard let columns else { return .lines(try OutputFormat.parse(format, among: OutputFormat.ofLines)) }
        return .csv(try ColumnsArgument.parse(columns, count: 1, format: format))
    }

    func run() throws {
        switch try request() {
        case .cell(let cell, let format):
            try StandardOutput.write(DecodeAnswer(cell: cell).written(as: format))
        case .lines(.text):
            try LineFilter.runCells { cell, output in
                try output.write(cell.box.center, separator: " ")
                try output.write(UInt8(ascii: "\n"))
            }
        case .lines(let format):
            try LineFilter.runCells { cell, output in
                try output.write(DecodeAnswer(cell: cell).written(as: format))
            }
        case .csv(let columns):
            try CSVFilter(columns: columns, appended: ["lat", "lon"]).run { row in
                try Geohash(parsing: String(decoding: row(0), as: UTF8.self)).box.center
            } write: { center, output in
                try output.write(UInt8(ascii: ","))
                try output.write(center, separator: ",")
            }
        }
    }
}

extension StandardOutput {
    @inline(__always)
    fileprivate mutating func write(
        _ position: (latitude: Double, longitude: Double), separator: Unicode.Scalar
    ) throws {
        try write(position.latitude)
        try write(UInt8(ascii: separator))
        try write(position.longitude)
    }
}

import ArgumentParser
import Geo

/// `nearby geohash table`: how large cells are.
struct TableCommand: ParsableCommand {
    private static let formats: [OutputFormat] = [.text, .json]

    static let configuration = CommandConfiguration(
        commandName: "table",
        abstract: "Prints how large the cells of every precision are at a latitude.",
        discussion: Examples.text(
            after: """
                Width (along the parallel) and height in metres, half of both in degrees, and the largest radius that a \
                cell and its neighbours cover around any point at the latitude.
                """,
            ("table", "at the equator"),
            ("table --latitude 52", ""),
            ("table --latitude -33.86 --format json", "in one line")))

    @Option(help: ArgumentHelp("Where, -90 to 90.", valueName: "degrees")) var latitude = "0"
    @Option(help: OutputFormat.help(formats), completion: OutputFormat.completion(formats)) var format = "text"

    func run() throws {
        let latitude = try parsedLatitude()
        let rows = (1...Geohash.maximumPrecision).map { TableRow(precision: $0, latitude: latitude) }
        switch try outputFormat() {
        case .json:
            let json: JSONValue = ["latitude": .number(latitude), "rows": .array(rows.map(\.json))]
            try StandardOutput.write("\(json)\n")
        default:
            try StandardOutput.write(TextTable.text([TableRow.headings] + rows.map(\.columns)))
        }
    }

    private func parsedLatitude() throws -> Double {
        guard let latitude = DecimalNumber.parse(latitude), latitude.magnitude <= 90 else {
            throw ValidationError("--latitude: must be a number from -90 to 90")
        }
        return latitude
    }

    private func outputFormat() throws -> OutputFormat { try OutputFormat.parse(format, among: Self.formats) }
}

import ArgumentParser
import Geo

/// `nearby geohash distance`: how far it is from one place to another.
struct DistanceCommand: ParsableCommand {
    private static let formats: [OutputFormat] = [.text, .json]

    static let configuration = CommandConfiguration(
        commandName: "distance",
        abstract: "Prints the distance and the bearing from one place to another.",
        discussion: Examples.text(
            after: """
                Great-circle metres on the mean Earth radius, 6371008.8 m; with --exact on the WGS84 ellipsoid, which may \
                differ by half a percent. Cells are measured from centre to centre, and between two cells the gap is \
                printed too: the way between their nearest points. Positions are rounded to 1e-7 degrees.
                """,
            ("distance 9q8yyk 9q5ctr", ""),
            ("distance 52.52,13.405 -33.86,151.2", ""),
            ("distance u33db 48.8566,2.3522 --exact", "")))

    @Argument(help: ArgumentHelp("Where to start: a geohash or LAT,LON.", valueName: "from")) var start: String
    @Argument(help: ArgumentHelp("Where to end: a geohash or LAT,LON.", valueName: "to")) var end: String
    @Flag(help: "Measure on the WGS84 ellipsoid.") var exact = false
    @Option(help: OutputFormat.help(formats), completion: OutputFormat.completion(formats)) var format = "text"

    func run() throws {
        let answer = try answer()
        try StandardOutput.write(try outputFormat() == .json ? "\(answer.json)\n" : answer.text)
    }

    private func answer() throws -> DistanceAnswer {
        DistanceAnswer(
            from: try Place.parse(start, name: "<from>"), to: try Place.parse(end, name: "<to>"), isExact: exact)
    }

    private func outputFormat() throws -> OutputFormat { try OutputFormat.parse(format, among: Self.formats) }
}

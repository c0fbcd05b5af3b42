import ArgumentParser
import Geo

/// `nearby geohash cover`: the cells that cover a disc, a box or polygons.
struct CoverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cover",
        abstract: "Prints the cells that cover a disc, a box or polygons.",
        usage: """
            nearby geohash cover <lat> <lon> --radius <length> [-p <n>] [--cells <n>] [--explain] [--format <format>]
            nearby geohash cover --bbox <w,s,e,n> [-p <n>] [--cells <n>] [--explain] [--format <format>]
            nearby geohash cover --polygon <file> [-p <n>] [--cells <n>] [--explain] [--format <format>]
            """,
        discussion: Examples.text(
            after: """
                Every point of the area is in one of the cells, and every cell meets the area. Without -p and --cells, a disc \
                gets the finest precision at which the cell of its centre and the neighbours cover it, a box or polygons the \
                finest with at most \(CoverRequest.defaultCells) cells. The text ends with a line that says whether nine \
                cells suffice, and begins with #.
                """,
            ("cover 37.7749 -122.4194 --radius 5mi", ""),
            ("cover 52.52,13.405 --radius 2km -p 6 --explain", "how many, how much too much, would nine do"),
            ("cover --bbox 177,-20,-178,-15 -p 3", "west, south, east, north; across the antimeridian"),
            ("cover --polygon park.geojson --cells 20", "at most 20 cells of mixed precisions")))

    @Argument(help: ArgumentHelp("Latitude and longitude of the centre of a disc.", valueName: "lat> <lon"))
    var position: [String] = []
    @Option(help: ArgumentHelp("Radius of the disc: 500m, 8km, 5mi.", valueName: "length")) var radius: String?
    @Option(
        help: ArgumentHelp(
            "A box: west, south, east, north in degrees, as in GeoJSON. West greater than east crosses the antimeridian.",
            valueName: "w,s,e,n"))
    var bbox: String?
    @Option(
        help: ArgumentHelp("A GeoJSON file with polygons, or features that are polygons.", valueName: "file"),
        completion: .file(extensions: ["geojson", "json"]))
    var polygon: String?
    @Option(
        name: PrecisionArgument.name,
        help: PrecisionArgument.help("Characters of the cells, 1 to 12; with --cells, those of the finest."))
    var precision: String?
    @Option(
        help: ArgumentHelp(
            "Cover with at most so many cells of mixed precisions, 1 to \(CoverRequest.maximumBudget).", valueName: "n")
    )
    var cells: String?
    @Flag(help: "Say how many cells, how much more than the area they cover, and whether nine suffice.") var explain =
        false
    @Option(help: OutputFormat.help(), completion: OutputFormat.completion()) var format = "text"

    func run() throws {
        let answer = try request().answer(isExplained: explain)
        try StandardOutput.write(answer.written(as: try OutputFormat.parse(format)))
    }

    private func request() throws -> CoverRequest {
        CoverRequest(source: try source(), precision: try PrecisionArgument.parse(precision), budget: try budget())
    }

    private func source() throws -> CoverRequest.Source {
        let given = [
            position.isEmpty ? nil : "<lat> <lon>", bbox.map { _ in "--bbox" }, polygon.map { _ in "--polygon" },
        ]
        .compactMap { $0 }
        guard given.count == 1 else {
            throw ValidationError(
                given.isEmpty
                    ? "<lat> <lon>: is missing; or give --bbox or --polygon"
                    : "\(given[1]): cannot be given with \(given[0])")
        }
        if !position.isEmpty { return .area(.disc(try disc())) }
        if radius != nil { throw ValidationError("--radius: needs <lat> <lon>") }
        if let bbox { return .area(.box(try BoxArgument.parse(bbox))) }
        return .file(path: polygon!)
    }

    private func disc() throws -> Disc {
        let center = try PositionArgument.parse(position)
        guard let radius else { throw ValidationError("--radius: is missing") }
        return Disc(
            latitude: center.latitude, longitude: center.longitude,
            metres: try LengthArgument.parse(radius, name: "--radius"))!
    }

    private func budget() throws -> Int? {
        guard let cells else { return nil }
        guard let budget = Int(cells), 1...CoverRequest.maximumBudget ~= budget else {
            throw ValidationError("--cells: must be a whole number from 1 to \(CoverRequest.maximumBudget)")
        }
        return budget
    }
}

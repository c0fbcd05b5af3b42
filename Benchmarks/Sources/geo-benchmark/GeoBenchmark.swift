/// The library `Geo` beside a plain bisection and, if it was built, the C library of PyPI.
///
///     geo-benchmark [LIBRARY]
///
/// `LIBRARY` is what `baselines/build` made. Prints a table and one line of JSON.
@main
enum GeoBenchmark {
    static func main() {
        Self.run(library: CommandLine.arguments.dropFirst().first)
    }

    nonisolated private static func run(library path: String?) {
        let library = path.flatMap(CLibrary.init)
        if let path, library == nil { print("not a library: \(path)") }
        print("Nanoseconds of thread CPU time an operation, medians of nine rounds.")
        print(Row.header)
        let rows = rows(Operations(), library)
        print("{\"geo\":[\(rows.map(\.json).joined(separator: ","))]}")
    }

    nonisolated private static func rows(_ operations: Operations, _ library: CLibrary?) -> [Row] {
        var rows: [Row] = []
        func add(_ row: Row) {
            print(row.line)
            rows.append(row)
        }
        add(
            Row(
                name: "encode to an integer", ours: operations.encodeToInteger(),
                bisection: operations.bisectionToInteger()))
        add(
            Row(
                name: "encode degrees, exactly", ours: operations.encodeDegreesToInteger(),
                bisection: operations.bisectionToInteger()))
        add(
            Row(
                name: "encode to 12 characters", ours: operations.encodeToText(),
                bisection: operations.bisectionToText(), cLibrary: library.map(operations.cEncode)))
        add(
            Row(
                name: "decode 12 characters", ours: operations.decode(), bisection: operations.bisectionDecode(),
                cLibrary: library.map(operations.cDecode)))
        add(Row(name: "decode an integer", ours: operations.decodeInteger()))
        add(Row(name: "one neighbour", ours: operations.neighbor()))
        add(Row(name: "nine cells", ours: operations.nine()))
        add(Row(name: "distance", ours: operations.distance()))
        add(Row(name: "distance on the ellipsoid", ours: operations.exactDistance()))
        add(Row(name: "within a radius", ours: operations.isWithinRadius()))
        for precision in 5...7 {
            let cover = operations.discCover(metres: 2_000, precision: precision)
            add(Row(name: "cover of 2 km by \(cover.cells) cells", ours: cover.nanoseconds))
        }
        return rows
    }
}

import Foundation
import Testing

@testable import CLI

/// `nearby geohash cover` of boxes and files.
@Suite struct CoverCommandTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func cover(_ geojson: String, _ more: String = "-p 1") throws -> Command {
        let path = try directory.write(geojson, to: "area.geojson")
        return try Command(["geohash", "cover", "--polygon", path] + more.split(separator: " ").map(String.init))
    }

    private let square = "[[[1,1],[10,1],[10,10],[1,10],[1,1]]]"
    private let other = "[[[-10,-10],[-1,-10],[-1,-1],[-10,-1],[-10,-10]]]"

    @Test func everyKindOfPolygons() throws {
        let polygon = #"{"type":"Polygon","coordinates":\#(square)}"#
        let both = #"{"type":"MultiPolygon","coordinates":[\#(square),\#(other)]}"#
        let line = #"{"type":"Feature","properties":null,"geometry":null}"#
        #expect(try cover(polygon).output == "s\n")
        #expect(try cover(both).output == "7\ns\n")
        #expect(try cover(#"{"type":"Feature","properties":{"a":[1]},"geometry":\#(polygon)}"#).output == "s\n")
        #expect(
            try cover(#"{"type":"GeometryCollection","geometries":[\#(polygon),\#(both)]}"#).output == "7\ns\n")
        #expect(
            try cover(
                #"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":\#(polygon)},\#(line)]}"#
            ).output == "s\n")
    }

    @Test(arguments: [
        ("", "is not JSON"), ("{", "is not JSON"), ("[]", "no GeoJSON"), (#"{"type":"Polygon"}"#, "`coordinates`"),
        (#"{"coordinates":[]}"#, "`type`"), (#"{"type":"Point","coordinates":[1,2]}"#, "`Point`"),
        (#"{"type":"FeatureCollection","features":[]}"#, "polygon"),
        (#"{"type":"Polygon","coordinates":[[[1,1],[2,2],[1,1]]]}"#, "ring 1"),
        (#"{"type":"Polygon","coordinates":[[[1,1],[2,2],[2],[1,1]]]}"#, "position"),
        (#"{"type":"Polygon","coordinates":[[[1,1],[2,"x"],[2,3],[1,1]]]}"#, "coordinates"),
        (#"{"type":"Polygon","coordinates":[[[1,1],[2,1],[2,91],[1,1]]]}"#, "position 3"),
        (#"{"type":"Polygon","coordinates":[[[1,1],[2,1],[2,9],[3,3]]]}"#, "position 4"),
    ])
    func filesThatAreNoPolygons(_ text: String, _ named: String) throws {
        let run = try cover(text)
        #expect(run.status == 1)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("area.geojson: ") && run.errors.contains(named), "\(run.errors)")
        #expect(run.errors.filter { $0 == "\n" }.count == 1)
    }

    @Test func boxes() throws {
        let seam = try Command(["geohash", "cover", "--bbox", "177,-20,-178,-15", "-p", "2"])
        #expect(seam.output == "2h\n2j\nru\nrv\n")
        let blanks = try Command(["geohash", "cover", "--bbox", "177, -20, -178, -15", "-p", "2"])
        #expect(blanks.output == seam.output)
        let point = try Command(["geohash", "cover", "--bbox", "-10,-10,-10,-10", "--explain"]).output
        #expect(point.hasSuffix("# 1 cell of precision 12: 6.844 cm² for 0 m², the area is 0\n"))
        let budget = try Command(["geohash", "cover", "--bbox", "-1,-1,1,1", "--cells", "4", "-p", "2"]).output
        #expect(budget == "7z\neb\nkp\ns0\n")
    }

    @Test func explanations() throws {
        let text = try Command(
            ["geohash", "cover", "37.7749", "-122.4194", "--radius", "5mi", "-p", "5", "--explain"]
        ).output
        #expect(
            text.hasSuffix(
                """
                # 20 cells of precision 5: 377.5 km² for 203.4 km², 1.856 times the area
                # nine cells do not suffice
                # around this centre they do up to precision 4, around every centre at this latitude up to precision 4

                """), "\(text)")
        let world = try Command(["geohash", "cover", "0", "0", "--radius", "20015km", "--explain"]).output
        #expect(world.contains("\n# nine cells do not suffice\n# around this centre they do at no precision"))
    }

    /// Radii far larger than the server's are good here.
    @Test func theLongestRadius() throws {
        #expect(try Command(["geohash", "cover", "0", "0", "--radius", "20015km", "-p", "1"]).output.count > 60)
        #expect(try Command(["geohash", "cover", "0", "0", "--radius", "20015.2km", "-p", "1"]).status == 64)
    }
}

import Testing

@testable import CLI

/// What each verb of `nearby geohash` prints, to the letter.
@Suite struct GeohashVerbTests {
    private func expect(
        _ arguments: [String], input: String = "", _ output: String, location: SourceLocation = #_sourceLocation
    ) throws {
        let run = try Command(["geohash"] + arguments, input: input)
        #expect(run.status == 0, "\(run.errors)", sourceLocation: location)
        #expect(run.output == output, sourceLocation: location)
        #expect(run.errors.isEmpty, sourceLocation: location)
    }

    @Test func encode() throws {
        try expect(["encode", "37.7749", "-122.4194"], "9q8yyk\n")
        try expect(["encode", "37.7749", "-122.4194", "-p", "12"], "9q8yyk8ytpxr\n")
        try expect(["encode", "-p7", "-33.86", "151.2"], "r3gx2eu\n")
        try expect(["encode", "-33.86,151.2", "--precision", "7"], "r3gx2eu\n")
        try expect(["encode", "-33.86", "151.2", "-p", "7"], "r3gx2eu\n")
        try expect(["encode", "\u{2212}33.86", "+151.2", "-p=7"], "r3gx2eu\n")
        try expect(["encode", "-p", "7", "--", "-33.86", "151.2"], "r3gx2eu\n")
        try expect(["encode", "-.5", "-1e-3", "-p", "4"], "7zzv\n")
        try expect(["encode", "90", "180", "-p", "3"], "zzz\n")
        try expect(["encode", "-90", "-180", "-p", "3"], "000\n")
        try expect(["encode", "-0", "-0.0", "-p", "3"], "s00\n")
    }

    @Test func encodeFormats() throws {
        let position = ["encode", "-33.86", "151.2", "-p", "1", "--format"]
        try expect(position + ["json"], #"{"geohash":"r","lat":-33.86,"lon":151.2}"# + "\n")
        try expect(
            position + ["geojson"],
            #"{"type":"Feature","properties":{"geohash":"r"},"geometry":{"type":"Polygon","coordinates":"#
                + "[[[135,-45],[180,-45],[180,0],[135,0],[135,-45]]]}}\n")
        try expect(position + ["wkt"], "POLYGON ((135 -45, 180 -45, 180 0, 135 0, 135 -45))\n")
    }

    @Test func decode() throws {
        let text = """
            geohash  9q8yyk
            centre   37.77374267578125 -122.4151611328125
            error    ±0.00274658203125 ±0.0054931640625
            south    37.77099609375
            west     -122.420654296875
            north    37.7764892578125
            east     -122.40966796875

            """
        try expect(["decode", "9q8yyk"], text)
        try expect(["decode", "9Q8YYK"], text)
        try expect(
            ["decode", "9Q8YYK", "--format", "json"],
            #"{"geohash":"9q8yyk","lat":37.77374267578125,"lon":-122.4151611328125,"lat_error":0.00274658203125,"#
                + #""lon_error":0.0054931640625,"min_lat":37.77099609375,"min_lon":-122.420654296875,"#
                + #""max_lat":37.7764892578125,"max_lon":-122.40966796875}"# + "\n")
        try expect(["decode", "s", "--format", "wkt"], "POLYGON ((0 0, 45 0, 45 45, 0 45, 0 0))\n")
    }

    @Test func neighbors() throws {
        try expect(
            ["neighbors", "9q8yyk"],
            "n   9q8yym\nne  9q8yyt\ne   9q8yys\nse  9q8yye\ns   9q8yy7\nsw  9q8yy5\nw   9q8yyh\nnw  9q8yyj\n")
        // At the north pole, and beside the antimeridian.
        try expect(["neighbors", "b"], "n   -\nne  -\ne   c\nse  9\ns   8\nsw  x\nw   z\nnw  -\n")
        try expect(
            ["neighbors", "b", "--format", "json"],
            #"{"n":null,"ne":null,"e":"c","se":"9","s":"8","sw":"x","w":"z","nw":null}"# + "\n")
        try expect(
            ["neighbors", "0", "--format", "wkt"],
            "GEOMETRYCOLLECTION (POLYGON ((-180 -45, -135 -45, -135 0, -180 0, -180 -45)), "
                + "POLYGON ((-135 -45, -90 -45, -90 0, -135 0, -135 -45)), "
                + "POLYGON ((-135 -90, -90 -90, -90 -45, -135 -45, -135 -90)), "
                + "POLYGON ((135 -90, 180 -90, 180 -45, 135 -45, 135 -90)), "
                + "POLYGON ((135 -45, 180 -45, 180 0, 135 0, 135 -45)))\n")
    }

    @Test func childrenAndParents() throws {
        let digits = "0123456789bcdefghjkmnpqrstuvwxyz"
        try expect(["children", "9Q"], digits.map { "9q\($0)\n" }.joined())
        try expect(
            ["children", "9q", "--format", "json"],
            #"{"geohash":"9q","children":["# + digits.map { "\"9q\($0)\"" }.joined(separator: ",") + "]}\n")
        try expect(["parent", "9q8yyk"], "9q8yy\n")
        try expect(["parent", "9q8yyk", "-p", "2"], "9q\n")
        try expect(["parent", "9q8yyk", "-p", "6"], "9q8yyk\n")
        try expect(["parent", "9q", "--format", "json"], #"{"geohash":"9q","parent":"9"}"# + "\n")
        try expect(["parent", "s1", "--format", "wkt"], "POLYGON ((0 0, 45 0, 45 45, 0 45, 0 0))\n")
    }

    @Test func distance() throws {
        try expect(["distance", "0,0", "0,1"], "distance  111195.080 m (111.2 km)\nbearing   90.00° E\n")
        try expect(
            ["distance", "-33.86,151.2", "-33.86,151.2"], "distance  0.000 m\nbearing   none\n")
        try expect(
            ["distance", "s", "t"],
            "distance  4604546.253 m (4605 km)\nbearing   80.99° E\ngap       0 m, the cells touch\n")
        try expect(
            ["distance", "0,0", "0,1", "--exact"],
            "distance  111319.491 m (111.3 km), on the WGS84 ellipsoid\nbearing   90.00° E\n")
        let json = try Command(["geohash", "distance", "9q8yyk", "9q8yyk", "--format", "json"])
        #expect(json.output == #"{"distance_m":0,"exact":false,"bearing":null,"compass":null,"gap_m":0}"# + "\n")
    }

    @Test func validate() throws {
        try expect(["validate", "9Q8", "s"], "9q8\ns\n")
        try expect(
            ["validate", "9Q8", "--format", "json"],
            #"{"valid":true,"texts":[{"text":"9Q8","valid":true,"geohash":"9q8","precision":3}]}"# + "\n")
        let mixed = try Command(["geohash", "validate", "9Q8", "9a8", ""])
        #expect(mixed.status == 1)
        #expect(mixed.output == "9q8\n")
        #expect(
            mixed.errors
                == "Error: <text> 2: character 2 is `a`, which geohashes do not use\nError: <text> 3: it is empty\n")
        let json = try Command(["geohash", "validate", "9a8", "--format", "json"])
        #expect(json.status == 1)
        #expect(
            json.output
                == #"{"valid":false,"texts":[{"text":"9a8","valid":false,"#
                + #""reason":"character 2 is `a`, which geohashes do not use","position":2,"character":"a"}]}"# + "\n")
    }

    @Test func table() throws {
        let lines = try Command(["geohash", "table", "--latitude", "-52"]).output.split(separator: "\n")
        #expect(lines.count == 13)
        #expect(lines[0] == " p  bits     width    height       lat error      lon error  nine cover")
        #expect(lines[6] == " 6    30   752.1 m   610.8 m       ±0.00275°      ±0.00549°     610.8 m")
        #expect(lines[12] == "12    60  2.295 cm  1.864 cm  ±0.0000000838°  ±0.000000168°    1.864 cm")
    }

    @Test func helpOfEveryVerb() throws {
        let verbs = [
            "encode", "decode", "neighbors", "cover", "inspect", "distance", "table", "children", "parent", "validate",
        ]
        for verb in verbs {
            let help = try Command(["geohash", verb, "--help"])
            #expect(help.status == 0)
            #expect(help.errors.isEmpty)
            #expect(help.output.contains("USAGE: nearby geohash \(verb)"), "\(verb)")
            #expect(help.output.contains("EXAMPLES:\n  nearby geohash \(verb)"), "\(verb)")
        }
        let group = try Command(["geohash", "--help"]).output
        for verb in verbs { #expect(group.contains("  \(verb) ")) }
    }
}

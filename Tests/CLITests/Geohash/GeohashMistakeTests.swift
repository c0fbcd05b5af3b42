import Testing

@testable import CLI

/// Bad input of every verb: the exit status, one line on standard error that names the argument, nothing on standard output.
@Suite struct GeohashMistakeTests {
    @Test(arguments: [
        ("bogus", "bogus"), ("--bogus", "--bogus"),
        ("encode", "<lat>"), ("encode 1", "<lon>"), ("encode 1 2 3", "<lat> <lon>"), ("encode 91 0", "<lat>"),
        ("encode -90.1 0", "<lat>"), ("encode 0 180.00001", "<lon>"), ("encode 0 -181", "<lon>"),
        ("encode x 0", "<lat>"),
        ("encode 0 nan", "<lon>"), ("encode inf 0", "<lat>"), ("encode 0x10 0", "<lat>"),
        ("encode 1,2,3", "<lat>,<lon>"),
        ("encode 91,0", "<lat>,<lon>"), ("encode 1 2 -p 0", "-p"), ("encode 1 2 -p 13", "-p"),
        ("encode 1 2 -p -3", "-p"),
        ("encode 1 2 -p x", "-p"), ("encode 1 2 -p", "-p"), ("encode 1 2 -q", "-q"), ("encode 1 2 --bogus", "--bogus"),
        ("encode 1 2 --formt json", "--formt"), ("encode 1 2 --format xml", "--format"),
        ("encode - --format svg", "--format"),
        ("encode 1 2 --columns a,b", "--columns"), ("encode - --columns a", "--columns"),
        ("encode - --columns a,", "--columns"),
        ("encode - --columns a,b --format json", "--format"),
        ("decode", "<hash>"), ("decode 9a", "<hash>"), ("decode 0123456789012", "<hash>"), ("decode 9q 9q", "9q"),
        ("decode 9q --bogus", "--bogus"), ("decode 9q --columns a", "--columns"),
        ("decode - --columns a,b", "--columns"),
        ("decode 9q --format xml", "--format"),
        ("neighbors", "<hash>"), ("neighbors 9a", "<hash>"), ("neighbors - --format svg", "--format"),
        ("cover", "<lat> <lon>"), ("cover 1 2", "--radius"), ("cover 1 2 --radius 5", "--radius"),
        ("cover 1 2 --radius 0m", "--radius"), ("cover 1 2 --radius -5km", "--radius"),
        ("cover 1 2 --radius 1e3m", "--radius"), ("cover 1 2 --radius 20016km", "--radius"),
        ("cover 1 2 --radius 5mi -p 13", "-p"), ("cover 1 2 --radius 500km -p 10", "-p"),
        ("cover 1 2 --radius 5km --bbox 1,2,3,4", "--bbox"), ("cover --bbox 1,2,3", "--bbox"),
        ("cover --bbox 1,5,3,4", "--bbox"), ("cover --bbox 1,2,181,4", "--bbox"), ("cover --bbox 1,2,3,x", "--bbox"),
        ("cover --bbox 1,2,3,4 --radius 5km", "--radius"), ("cover --bbox 1,2,3,4 --polygon x", "--polygon"),
        ("cover --bbox 1,2,3,4 --cells 0", "--cells"), ("cover --bbox 1,2,3,4 --cells 10001", "--cells"),
        ("cover --bbox -180,-90,180,90 --cells 31", "--cells"), ("cover --polygon", "--polygon"),
        ("inspect", "<hash>"), ("inspect 9a", "<hash>"), ("inspect 9q -p 2", "-p"), ("inspect 91 0", "<lat>"),
        ("inspect 1 2 3", "<lat> <lon>"), ("inspect 9q --color maybe", "--color"),
        ("inspect 9q --api-key k", "--api-key"),
        ("inspect 9q --format xml", "--format"),
        ("distance 9q", "<to>"), ("distance 9q 9a", "<to>"), ("distance 9a 9q", "<from>"),
        ("distance 91,0 9q", "<from>"),
        ("distance 9q 9q 9q", "9q"), ("distance 9q 9r --format svg", "--format"),
        ("table --latitude 90.5", "--latitude"), ("table --latitude -91", "--latitude"),
        ("table --latitude", "--latitude"),
        ("table --format geojson", "--format"), ("table 1", "1"),
        ("children", "<hash>"), ("children 9a", "<hash>"), ("children 012345678901", "<hash>"),
        ("parent 9", "<hash>"), ("parent 9q -p 3", "-p"), ("parent 9q -p 0", "-p"), ("parent 9a", "<hash>"),
        ("validate", "<text>"), ("validate - 9q", "<text>"), ("validate 9q --format wkt", "--format"),
    ])
    func wrongUsage(_ line: String, _ named: String) throws {
        let run = try Command(["geohash"] + line.split(separator: " ").map(String.init))
        expectMistake(run, status: 64, named)
    }

    @Test(arguments: [
        ("encode -", "1 2\n1 x\n", "standard input, line 2: the longitude"),
        ("encode -", "1 2 3\n", "standard input, line 1"),
        ("encode -", "-90.5,0", "standard input, line 1: the latitude"),
        ("decode -", "\n\n9q8a", "standard input, line 3: character 4"), ("neighbors -", "a", "standard input, line 1"),
        ("children -", "0123456789012", "standard input, line 1: it has 13"),
        ("parent -", "9", "standard input, line 1"),
        ("parent - -p 3", "9q", "standard input, line 1"),
        ("validate -", "9q\n9a\n", "standard input, line 2: character 2"),
        ("encode - --columns lat,lon", "", "header"), ("encode - --columns lat,lon", "lat,x\n1,2\n", "`lon`"),
        ("encode - --columns lat,lon", "lat,lon\n1\n", "line 2: 1 fields"),
        ("encode - --columns lat,lon", "lat,lon,geohash\n", "`geohash`"),
        ("encode - --columns lat,lon", "lat,lon\n1,2\n1,\"2\n3,4\n", "line 3: a quote"),
        ("decode - --columns h", "h\n9a\n", "line 2: character 2"),
        ("cover --polygon /nowhere.geojson", "", "/nowhere.geojson"), ("cover --polygon /dev/null", "", "/dev/null"),
        ("validate 9a", "", "<text>: character 2"),
    ])
    func failures(_ line: String, _ input: String, _ named: String) throws {
        let run = try Command(["geohash"] + line.split(separator: " ").map(String.init), input: input)
        #expect(run.status == 1)
        #expect(run.errors.contains(named), "\(run.errors)")
        #expect(run.errors.hasPrefix("Error: ") && run.errors.filter { $0 == "\n" }.count == 1, "\(run.errors)")
    }

    @Test func emptyAndOddArguments() throws {
        expectMistake(try Command(["geohash", "decode", ""]), status: 64, "<hash>: it is empty")
        expectMistake(try Command(["geohash", "decode", "9q\n8"]), status: 64, "<hash>: character 3")
        expectMistake(try Command(["geohash", "bo\ngus"]), status: 64, #"bo\u{a}gus"#)
        expectMistake(try Command(["geohash", "encode", "1", "2 "]), status: 64, "<lon>")
    }

    /// Positions do not belong into messages.
    @Test func positionsAreNotRepeated() throws {
        let run = try Command(["geohash", "encode", "91.25", "0"])
        #expect(!run.errors.contains("91.25"))
    }

    private func expectMistake(_ run: Command, status: Int32, _ named: String) {
        #expect(run.status == status, "\(run.errors)")
        #expect(run.output.isEmpty)
        #expect(run.errors.hasPrefix("Error: ") && run.errors.contains(named), "\(run.errors)")
        #expect(run.errors.filter { $0 == "\n" }.count == 1, "\(run.errors)")
    }
}

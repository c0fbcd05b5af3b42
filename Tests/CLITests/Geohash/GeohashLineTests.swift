import Foundation
import Geo
import Testing

@testable import CLI

/// Lines of standard input.
@Suite struct GeohashLineTests {
    private func run(_ arguments: [String], _ input: String) throws -> Command {
        try Command(["geohash"] + arguments, input: input)
    }

    @Test func shapesOfLines() throws {
        let input =
            "37.7749 -122.4194\n37.7749,-122.4194\r\n\n# a remark\n \t\n  37.7749 ,\t-122.4194  \n+37.7749 -1.224194e2"
        let run = try run(["encode", "-"], input)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output == String(repeating: "9q8yyk\n", count: 4))
        #expect(try self.run(["encode", "-"], "").output.isEmpty)
        #expect(try self.run(["encode", "-"], "1 2\r").output == "s01mtw\n")
    }

    @Test func whatWasBeforeAMistakeIsWritten() throws {
        let run = try run(["encode", "-"], "1 2\n3 4\n5\n7 8\n")
        #expect(run.status == 1)
        #expect(run.output == "s01mtw\ns0dc54\n")
        #expect(run.errors.contains("line 3"))
    }

    @Test func theLongestLine() throws {
        let longest = StandardInput.maximumLineBytes
        func line(_ count: Int) -> String { "1 " + String(repeating: " ", count: count - 3) + "2" }
        for end in ["", "\n", "\r\n"] {
            let fits = try run(["encode", "-"], line(longest) + end)
            #expect(fits.output == "s01mtw\n", "\(fits.errors)")
            let tooLong = try run(["encode", "-"], "1 2\n" + line(longest + 1) + end)
            #expect(tooLong.status == 1)
            #expect(tooLong.output == "s01mtw\n")
            #expect(tooLong.errors == "Error: standard input, line 2: is longer than 65536 bytes\n")
        }
        let endless = try run(["encode", "-"], String(repeating: "1", count: 1_000_000))
        #expect(endless.errors == "Error: standard input, line 1: is longer than 65536 bytes\n")
    }

    @Test func manyLinesAsOneByOne() throws {
        var generator = SeededGenerator(seed: 20)
        let positions = (0..<30_000).map { _ in
            (Double.random(in: -90...90, using: &generator), Double.random(in: -180...180, using: &generator))
        }
        let input = positions.map { "\($0.0) \($0.1)\n" }.joined()
        let encoded = try run(["encode", "-", "-p", "11"], input)
        let cells = positions.map { Geohash(latitude: $0.0, longitude: $0.1, precision: 11)! }
        #expect(encoded.output == cells.map { "\($0)\n" }.joined())
        let decoded = try run(["decode", "-"], encoded.output)
        let centers = cells.map(\.box.center)
        #expect(decoded.output == centers.map { "\($0.latitude.plainText) \($0.longitude.plainText)\n" }.joined())
        // The centres are in the cells again.
        #expect(try run(["encode", "-", "-p", "11"], decoded.output).output == encoded.output)
    }

    @Test func everyVerbThatReadsLines() throws {
        let input = "9Q8YYK\n b \n"
        #expect(try run(["decode", "-"], input).output == "37.77374267578125 -122.4151611328125\n67.5 -157.5\n")
        #expect(
            try run(["neighbors", "-"], input).output
                == "9q8yym 9q8yyt 9q8yys 9q8yye 9q8yy7 9q8yy5 9q8yyh 9q8yyj\n- - c 9 8 x z -\n")
        #expect(try run(["children", "-"], "9q\n").output.hasPrefix("9q0 9q1 9q2 "))
        #expect(try run(["parent", "-", "-p", "1"], input).output == "9\nb\n")
        #expect(try run(["validate", "-"], input).output == "9q8yyk\nb\n")
        let cover = try run(["cover", "37.7749", "-122.4194", "--radius", "5mi"], "").output
        #expect(try run(["parent", "-", "-p", "1"], cover).output == "9\n9\n9\n9\n")
    }

    @Test func formatsOfLines() throws {
        #expect(
            try run(["parent", "-", "--format", "json"], "9q\ns0").output
                == #"{"geohash":"9q","parent":"9"}"# + "\n" + #"{"geohash":"s0","parent":"s"}"# + "\n")
        #expect(
            try run(["encode", "-", "-p1", "--format", "wkt"], "1 2\n").output
                == "POLYGON ((0 0, 45 0, 45 45, 0 45, 0 0))\n")
        for verb in ["decode", "neighbors", "children", "parent"] {
            let lines = try run([verb, "-", "--format", "geojson"], "9q\ns0\n").output.split(separator: "\n")
            #expect(lines.count == 2)
            for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
        }
    }

    @Test func columnsOfCSV() throws {
        let csv = "\u{FEFF}lat,name,lon\r\n1,\"a, \"\"b\"\"\",2\r\n\n\"3\",\"c\nd\", 4 \n5,é,6"
        let run = try run(["encode", "-", "--columns", "lat,lon", "-p", "3"], csv)
        #expect(run.status == 0, "\(run.errors)")
        // The byte order mark goes out again, but reading the file as text takes it away.
        #expect(
            run.output
                == "lat,name,lon,geohash\r\n1,\"a, \"\"b\"\"\",2,s01\r\n\"3\",\"c\nd\", 4 ,s0d\n5,é,6,s0u\n")
        #expect(
            try self.run(["decode", "-", "--columns", "cell"], "cell,x\ns,1\nB,2\n").output
                == "cell,x,lat,lon\ns,1,22.5,22.5\nB,2,67.5,-157.5\n")
    }

    @Test func rowsOfCSVHaveALimit() throws {
        let longest = CSVRowReader.maximumRowBytes
        func csv(_ count: Int) -> String { "lat,lon,x\n1,2,\"" + String(repeating: "\n", count: count - 6) + "\"\n" }
        let fits = try run(["encode", "-", "--columns", "lat,lon", "-p", "1"], csv(longest))
        #expect(fits.status == 0 && fits.output.hasSuffix("\",s\n"), "\(fits.errors)")
        let tooLong = try run(["encode", "-", "--columns", "lat,lon"], csv(longest + 1))
        #expect(tooLong.output == "lat,lon,x,geohash\n")
        #expect(
            tooLong.errors
                == "Error: standard input, line 2: the row is longer than 65536 bytes; is a quote not closed?\n")
    }

    @Test func aClosedPipeEndsQuietly() throws {
        let directory = try TemporaryDirectory()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        let lines =
            "yes '1 2' | { '\(Command.executable.path)' geohash encode -; echo $? >status; } 2>errors | head -n 2 >output"
        process.arguments = ["-c", lines]
        process.currentDirectoryURL = URL(fileURLWithPath: directory.path)
        try process.run()
        process.waitUntilExit()
        func contents(_ name: String) throws -> String {
            try String(contentsOfFile: "\(directory.path)/\(name)", encoding: .utf8)
        }
        #expect(try contents("output") == "s01mtw\ns01mtw\n")
        #expect(try contents("errors").isEmpty)
        #expect(try contents("status") == "0\n")
    }
}

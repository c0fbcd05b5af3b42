import Foundation
import Testing

@testable import CLI

/// What an independent reader found at the edges.
@Suite struct GeohashEdgeTests {
    @Test func distancesOfFineCellsAreNotRounded() throws {
        let run = try Command(["geohash", "distance", "s00000000000", "s00000000001", "--format", "json"])
        let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let metres = try #require(json?["distance_m"] as? Double)
        #expect((metres - 0.018_64).magnitude < 0.000_01)
    }

    @Test func aDiscAroundAPoleGetsFewCells() throws {
        let run = try Command(["geohash", "cover", "90", "0", "--radius", "5km", "--format", "json"])
        let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let cells = try #require(json?["cells"] as? [String])
        #expect(cells.count <= CoverRequest.defaultCells && cells.allSatisfy { $0.count > 1 })
    }

    @Test func aNegativeNumberStaysAsItWas() throws {
        let run = try Command(["geohash", "validate", "-5"])
        #expect(run.status == 1)
        #expect(run.errors == "Error: <text>: character 1 is `-`, which geohashes do not use\n")
        let json = try Command(["geohash", "validate", "--format", "json", "--", "-5"])
        #expect(json.output.contains(#""text":"-5""#))
    }

    @Test func aMissingFileIsNamedWithItsOption() throws {
        let run = try Command(["geohash", "cover", "--polygon", "/nowhere/x.geojson"])
        #expect(run.status == 1)
        #expect(run.errors == "Error: --polygon: /nowhere/x.geojson: No such file or directory\n")
    }

    @Test(arguments: ["2>&-", "2>/dev/full"])
    func nobodyToTellIsNoTrap(_ redirection: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "\"$0\" geohash decode a \(redirection)", Command.executable.path]
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 64)
    }
}

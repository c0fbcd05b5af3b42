import Foundation
import Testing

@testable import NearbyClient

/// The scenarios that every client library has to pass.
@Suite struct ScenarioTests {
    /// Their names; there has to be something to run.
    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
    }()

    private static let directory = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../docs/protocol/scenarios").standardizedFileURL.path()

    static func scenario(_ name: String) throws -> JSON {
        try JSON(text: Data(contentsOf: URL(filePath: "\(directory)/\(name).json")))
    }

    @Test func thereAreScenarios() { #expect(Self.names.count >= 14) }

    @Test(arguments: names) func theMachine(name: String) throws {
        let scenario = try Self.scenario(name)
        #expect(scenario["name"]?.string == name)
        var run = try ScenarioRun(scenario, MachineSubject.init)
        #expect(try run.run() > 0)
    }

    /// The same with its timers, its actions and the changes that an app is told, on a loop without real time.
    @Test(arguments: names) func theClient(name: String) throws {
        var run = try ScenarioRun(try Self.scenario(name), NearbySubject.init)
        #expect(try run.run() > 0)
    }

    /// The runner notices what is not as it should be.
    @Test func aScenarioCanFail() throws {
        let start: JSON = ["call": "start", "expect": ["do": ["open"]]]
        var run = try ScenarioRun(["format": 1, "name": "wrong", "steps": [start]], MachineSubject.init)
        #expect(throws: ScenarioError.self) { try run.run() }
    }
}

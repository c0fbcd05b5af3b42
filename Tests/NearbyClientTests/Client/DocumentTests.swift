import Foundation
import Geo
import Testing

@testable import NearbyClient

/// The example of `docs/swift-client.md` is the file beside this one, and works.
@Suite(.timeLimit(.minutes(1))) struct DocumentTests {
    @Test func theExampleIsTheCompiledOne() throws {
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let document = try String(
            contentsOf: here.appending(path: "../../../docs/swift-client.md").standardizedFileURL, encoding: .utf8)
        let example = try String(contentsOf: here.appending(path: "DocumentExample.swift"), encoding: .utf8)
        #expect(document.contains("```swift\n\(example)```"))
        #expect(example.split(separator: "\n").count <= 20)
    }

    @Test func theExampleEndsWhenNobodyIsSignedIn() async throws {
        await watch(server: "ws://127.0.0.1:1", at: Samples.at(40.75, -73.98)) { nil }
    }
}

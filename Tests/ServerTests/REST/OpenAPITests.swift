import Foundation
import HTTPTypes
import Testing

@testable import Server

/// `docs/openapi.yaml` describes exactly what is there.
@Suite struct OpenAPITests {
    private static func document() throws -> [Substring] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/openapi.yaml"), encoding: .utf8)
        return text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// `GET /path` of every operation, by the indentation of the document.
    private static func operations(_ lines: [Substring]) -> Set<String> {
        var found: Set<String> = []
        var path: Substring?
        for line in lines {
            if let match = line.wholeMatch(of: /\s{2}(\/.*):/) { path = match.1 }
            if line.first?.isLetter == true { path = nil }
            if let path, let match = line.wholeMatch(of: /\s{4}(get|put|post|delete|patch):/) {
                found.insert("\(match.1.uppercased()) \(path)")
            }
        }
        return found
    }

    @Test func everyRouteIsDescribedAndNothingElse() async throws {
        let described = try Self.operations(Self.document())
        try await Desk.open { desk in
            #expect(Set(desk.routes.all.map { "\($0.method.rawValue) \($0.path)" }) == described)
        }
    }

    @Test func everyProblemCodeIsDescribed() throws {
        let lines = try Self.document()
        for code in Problem.Code.allCases {
            #expect(lines.contains("            - \(code.rawValue)"), "\(code.rawValue)")
        }
    }
}

import Foundation
import Testing

@testable import Server

/// `docs/settings.md` says what the server does.
@Suite struct SettingsDocumentTests {
    private static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func row(_ name: SettingName) -> String {
        let definition = name.definition
        let fallback = definition.fallback.map { $0.isEmpty ? "none" : "`\($0)`" } ?? "–"
        let range = definition.kind.range.isEmpty ? "text" : definition.kind.range
        return "| `\(name.rawValue)` | \(fallback) | \(range) | \(definition.purpose) |"
    }

    @Test func everySettingStandsInTheDocumentAsItIs() throws {
        let url = Self.root.appendingPathComponent("docs/settings.md")
        let lines = Set(try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map(String.init))
        for name in SettingName.allCases {
            #expect(lines.contains(row(name)), "docs/settings.md should have: \(row(name))")
        }
        #expect(lines.filter { $0.hasPrefix("| `") }.count == SettingName.allCases.count)
    }
}

import Foundation
import Testing

/// Tables of expected values, by name: the fixture that is part of the tests, or the full set beside the
/// package.
struct VectorTables: Sendable, CustomTestStringConvertible {
    let testDescription: String
    private let rowsByTable: [String: [[String]]]

    /// The rows of a table without its header.
    subscript(table: String) -> [[String]] { rowsByTable[table] ?? [] }

    static let all = [fixture, shared].compactMap(\.self)

    static let fixture: VectorTables = {
        var rowsByTable: [String: [[String]]] = [:]
        for table in VectorFixture.tables.split(separator: "== ") {
            let lines = table.split(separator: "\n")
            rowsByTable[String(lines[0])] = rows(lines.dropFirst())
        }
        return VectorTables(testDescription: "fixture", rowsByTable: rowsByTable)
    }()

    /// `nil`, with a word on standard output, where the full set is missing.
    static let shared: VectorTables? = {
        let package = URL(filePath: #filePath).appending(path: "../../../..").standardized
        let directory = package.appending(path: "../shared/data/geohash-vectors").standardized
        var rowsByTable: [String: [[String]]] = [:]
        for table in fixture.rowsByTable.keys {
            guard
                let text = try? String(contentsOf: directory.appending(path: table + ".csv"), encoding: .utf8)
            else {
                print("skipped: the full set of geohash vectors (../shared/data/geohash-vectors) is not here")
                return nil
            }
            rowsByTable[table] = rows(text.split(separator: "\n")[...])
        }
        return VectorTables(testDescription: "full set", rowsByTable: rowsByTable)
    }()

    /// The columns that the tests look at are never quoted; those that are come after them.
    private static func rows(_ lines: ArraySlice<Substring>) -> [[String]] {
        lines.dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }
}

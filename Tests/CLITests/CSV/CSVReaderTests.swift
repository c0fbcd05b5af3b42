import Foundation
import Testing

@testable import CLI

@Suite struct CSVReaderTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func rows(
        _ text: String, columns: [String] = ["a", "b"], optional: [String] = []
    ) throws -> [CSVReader.Row] {
        try rows(path: try directory.write(text, to: "file.csv"), columns: columns, optional: optional)
    }

    private func rows(path: String, columns: [String], optional: [String] = []) throws -> [CSVReader.Row] {
        var reader = try CSVReader(path: path, columns: columns, optional: optional)
        var rows: [CSVReader.Row] = []
        while let row = try reader.next() { rows.append(row) }
        return rows
    }

    private func failure(_ text: String, columns: [String] = ["a", "b"]) throws -> String {
        let error = try #require(#expect(throws: CSVError.self) { try rows(text, columns: columns) })
        return error.description.replacing(directory.path + "/", with: "")
    }

    @Test(arguments: [
        "a,b\n1,2\n3,4\n", "a,b\n1,2\n3,4", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r\n1,2\r\n3,4\r", "\u{feff}a,b\n1,2\n3,4\n",
        "\"a\",\"b\"\n\"1\",2\n3,\"4\"\r\n", "\n\na,b\n\n1,2\n\r\n3,4\n\n",
    ])
    func rowsHoweverWritten(_ text: String) throws {
        #expect(try rows(text).map(\.fields) == [["1", "2"], ["3", "4"]])
    }

    @Test func columnsAreFoundByName() throws {
        let text = "x,b,a\n0,2,1\n"
        #expect(try rows(text).map(\.fields) == [["1", "2"]])
        #expect(try rows(text, columns: ["a"], optional: ["x", "y"]).map(\.fields) == [["1", "0", ""]])
    }

    @Test func quotes() throws {
        let text = "a,b\n\"x,\"\"y\"\"\",\"line 1\r\nline 2\"\n\"\",\n"
        #expect(try rows(text).map(\.fields) == [["x,\"y\"", "line 1\r\nline 2"], ["", ""]])
    }

    @Test func rowsKnowTheirLines() throws {
        #expect(try rows("a,b\n\n1,\"\n\n\"\n3,4").map(\.line) == [3, 6])
    }

    @Test func aFileWithoutRowsHasNone() throws {
        #expect(try rows("a,b\n").isEmpty)
        #expect(try rows("a,b").isEmpty)
    }

    @Test func mistakesAreNamedWithTheirLine() throws {
        #expect(try failure("") == "file.csv, line 1: there is no column `a`")
        #expect(try failure("a,c\n1,2\n") == "file.csv, line 1: there is no column `b`")
        #expect(try failure("a,b\n1,2\n1\n") == "file.csv, line 3: 1 fields, but the header has 2")
        #expect(try failure("a,b\n1,2,3\n") == "file.csv, line 2: 3 fields, but the header has 2")
        #expect(try failure("a,b\n1,\"2\n") == "file.csv, line 2: a quote is not closed")
        #expect(
            try failure("a,b\n1,\"2\"3\n") == "file.csv, line 2: something follows the closing quote of a field")
        #expect(
            try failure("a,b\n1,2\"\n")
                == "file.csv, line 2: a quote stands within a field that has none around it")
        #expect(throws: CSVError(path: "/nowhere.csv", line: nil, reason: "No such file or directory")) {
            try rows(path: "/nowhere.csv", columns: [])
        }
        #expect(throws: CSVError(path: directory.path, line: nil, reason: "Is a directory")) {
            try rows(path: directory.path, columns: ["a"])
        }
        let path = try directory.write(Data("a,b\n1,\u{e9}\n".utf8.map { $0 == 0xC3 ? 0xFF : $0 }), to: "latin.csv")
        #expect(throws: CSVError(path: path, line: 2, reason: "is not UTF-8")) {
            try rows(path: path, columns: ["a", "b"])
        }
    }

    @Test func rowsHaveAGreatestLength() throws {
        func text(_ bytes: Int) -> String { "a,b\n1," + String(repeating: "x", count: bytes) + "\n" }
        #expect(try rows(text(CSVReader.maximumRowBytes - 1)).count == 1)
        #expect(try failure(text(CSVReader.maximumRowBytes)).contains("line 2: is longer than"))
    }

    @Test func rowsCrossBuffers() throws {
        let count = 5_000
        let text = "a,b\n" + (0..<count).map { "left\($0),\"right\($0)\"\n" }.joined()
        let rows = try rows(text)
        #expect(rows.count == count)
        #expect(rows.last?.fields == ["left4999", "right4999"])
        #expect(rows.last?.line == count + 1)
    }

    // MARK: Compressed

    /// `user_a,user_b`, `ann,bob`, compressed with gzip.
    private static let compressed = Data(
        base64Encoded: "H4sIAAAAAAACAystTi2KT9QpBVFJXIl5eTpJ+UlcANzlETIWAAAA")!

    @Test func compressedFilesAreReadAsTheyAre() throws {
        let path = try directory.write(Self.compressed, to: "friends.csv.gz")
        #expect(try rows(path: path, columns: ["user_a", "user_b"]).map(\.fields) == [["ann", "bob"]])
    }

    @Test func aCompressedFileThatWasCutOffIsRefused() throws {
        for length in [12, 20, Self.compressed.count - 1] {
            let path = try directory.write(Self.compressed.prefix(length), to: "friends.csv.gz")
            #expect(throws: CSVError.self, "\(length) bytes") {
                try rows(path: path, columns: ["user_a", "user_b"])
            }
        }
    }

    @Test func aDamagedCompressedFileIsRefused() throws {
        var damaged = Self.compressed
        damaged[damaged.count - 6] ^= 0xFF
        let path = try directory.write(damaged, to: "friends.csv.gz")
        #expect(throws: CSVError.self) { try rows(path: path, columns: ["user_a", "user_b"]) }
    }
}

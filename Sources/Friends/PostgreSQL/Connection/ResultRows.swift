import CLibpq
import Foundation

/// What a statement answered. Owns libpq's memory of it.
final class ResultRows {
    fileprivate let result: OpaquePointer
    let count: Int

    init(_ result: OpaquePointer) {
        self.result = result
        count = Int(PQntuples(result))
    }

    deinit { PQclear(result) }

    /// How many rows a statement without an answer inserted, changed or deleted.
    var changed: Int { Int(atoi(PQcmdTuples(result))) }

    var isEmpty: Bool { count == 0 }

    subscript(_ index: Int) -> ResultRow { ResultRow(rows: self, index: Int32(index)) }

    var first: ResultRow? { isEmpty ? nil : self[0] }

    var last: ResultRow? { isEmpty ? nil : self[count - 1] }

    func map<Value>(_ decode: (ResultRow) throws -> Value) rethrows -> [Value] {
        try (0..<count).map { try decode(self[$0]) }
    }
}

/// One row, valid as long as it is held.
struct ResultRow {
    fileprivate let rows: ResultRows
    fileprivate let index: Int32

    private func pointer(_ column: Int) -> UnsafePointer<CChar>? {
        guard PQgetisnull(rows.result, index, Int32(column)) == 0 else { return nil }
        return PQgetvalue(rows.result, index, Int32(column)).map { UnsafePointer($0) }
    }

    func isNull(_ column: Int) -> Bool { PQgetisnull(rows.result, index, Int32(column)) != 0 }

    /// 0 for NULL, as `count` and `max` need it.
    func int(_ column: Int) -> Int64 { pointer(column).map { Int64(strtoll($0, nil, 10)) } ?? 0 }

    func unsigned(_ column: Int) -> UInt64 { pointer(column).map { UInt64(strtoull($0, nil, 10)) } ?? 0 }

    func flag(_ column: Int) -> Bool { pointer(column).map { $0[0] == CChar(bitPattern: UInt8(ascii: "t")) } ?? false }

    func textIfAny(_ column: Int) -> String? { pointer(column).map { String(cString: $0) } }

    func text(_ column: Int) -> String { textIfAny(column) ?? "" }

    func bytes(_ column: Int) -> UnsafeRawBufferPointer? {
        pointer(column).map {
            UnsafeRawBufferPointer(start: $0, count: Int(PQgetlength(rows.result, index, Int32(column))))
        }
    }
}

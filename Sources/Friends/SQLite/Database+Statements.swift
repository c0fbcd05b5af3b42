import Channels
import GRDB

/// Every statement is prepared once for each connection and kept.
extension Database {
    /// Runs a statement and returns how many rows it changed.
    @discardableResult
    func run(_ sql: String, _ arguments: StatementArguments) throws -> Int {
        try cachedStatement(sql: sql).execute(arguments: arguments)
        return changesCount
    }

    /// The first row as `decode` reads it.
    func first<Value>(
        _ sql: String, _ arguments: StatementArguments, _ decode: (Row) throws -> Value
    ) throws -> Value? {
        let rows = try Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments)
        return try rows.next().map(decode)
    }

    /// All rows as `decode` reads them. The row is valid during the call only.
    func all<Value>(
        _ sql: String, _ arguments: StatementArguments, _ decode: (Row) throws -> Value
    ) throws -> [Value] {
        let rows = try Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments)
        var values: [Value] = []
        while let row = try rows.next() { values.append(try decode(row)) }
        return values
    }

    /// The rows of many ids, in no order; `sql` ends with `IN`. An id that stands twice may be found twice.
    func all<Value>(
        _ sql: String, of ids: some Collection<UserID>, _ decode: (Row) throws -> Value
    ) throws -> [Value] {
        let texts = ids.map(\.string)
        return try StatementSize.pieces(of: texts.count).flatMap { piece in
            let list = StatementSize.placeholders(rows: 1, columns: piece.count)
            return try all("\(sql) \(list)", StatementArguments(texts[piece]), decode)
        }
    }

    /// Whether there is a row.
    func exists(_ sql: String, _ arguments: StatementArguments) throws -> Bool {
        try first(sql, arguments) { _ in true } ?? false
    }
}

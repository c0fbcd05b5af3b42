import GRDB

/// Rows of integers to be inserted with few statements.
struct BulkInsert {
    private let head: String
    private let tail: String
    private let columns: Int
    /// Row after row.
    private var values: [Int64] = []

    /// `conflict` says what to do about rows that exist.
    init(into table: String, _ columns: [String], onConflict conflict: String) {
        head = "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES "
        tail = " ON CONFLICT \(conflict)"
        self.columns = columns.count
    }

    mutating func append(_ row: Int64...) {
        precondition(row.count == columns, "a row has one value for each column")
        values += row
    }

    /// Returns how many rows were inserted or changed.
    func run(in database: Database) throws -> Int {
        var changed = 0
        for piece in StatementSize.pieces(of: values.count / columns) {
            let placeholders = StatementSize.placeholders(rows: piece.count, columns: columns)
            let statement = try database.cachedStatement(sql: head + placeholders + tail)
            let row = values[piece.lowerBound * columns..<piece.upperBound * columns]
            statement.setUncheckedArguments(StatementArguments(row))
            try statement.execute()
            changed += database.changesCount
        }
        return changed
    }
}

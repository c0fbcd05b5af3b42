/// Rows of text in columns, all of them flush right.
enum TextTable {
    private static let gap = "  "

    static func text(_ rows: [[String]]) -> String {
        let columns = rows.first?.indices ?? 0..<0
        let widths = columns.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let fields = zip(row, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }
            return fields.joined(separator: gap) + "\n"
        }.joined()
    }
}

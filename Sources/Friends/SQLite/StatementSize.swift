/// How many rows or ids one statement is given.
///
/// To run a statement costs more than a row does, so many rows share one; and only a few sizes are used,
/// so that all their statements stay prepared.
enum StatementSize {
    private static let sizes = [64, 8, 1]

    /// `0..<count` in pieces of these sizes.
    static func pieces(of count: Int) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var start = 0
        for size in sizes {
            while count - start >= size {
                pieces.append(start..<start + size)
                start += size
            }
        }
        return pieces
    }

    /// `(?,?),(?,?)` for two rows of two columns.
    static func placeholders(rows: Int, columns: Int) -> String {
        let row = "(" + Array(repeating: "?", count: columns).joined(separator: ",") + ")"
        return Array(repeating: row, count: rows).joined(separator: ",")
    }
}

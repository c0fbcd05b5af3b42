/// A statement and what is put in for its `$1`, `$2`, …
///
/// A text is prepared once for each connection and kept, unless it is made for one time.
struct Query {
    let sql: String
    let parameters: [QueryParameter]
    let isKept: Bool

    init(_ sql: String, _ parameters: QueryParameter...) {
        self.sql = sql
        self.parameters = parameters
        isKept = true
    }

    /// A statement that will not come again, such as one that makes a table.
    init(once sql: String) {
        self.sql = sql
        parameters = []
        isKept = false
    }

    /// What the database's clock says, milliseconds since the Unix epoch.
    static let now = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"

    static let commit = Query("COMMIT")
    static let rollback = Query("ROLLBACK")
}

import Channels

/// A part of what changed, in the order of the transactions' numbers and the ids.
///
/// One transaction may have changed any number of users, so a reading goes on behind a row and not behind a number.
struct ChangePage {
    /// Rows of one page.
    static let size = 5_000

    /// Behind which row a page begins. Every id sorts behind the empty text.
    struct Position {
        let transaction: UInt64
        let id: String
    }

    let changes: [ChangeLedger.Change]
    /// Where the next page begins; `nil` if this is the last one.
    let next: Position?

    /// From the answer to ``query(behind:)``. Rows with an id that is none are passed over and counted.
    init(_ rows: ResultRows, _ unreadable: UnreadableRows) {
        changes = rows.readable(unreadable) { row throws(StoreError) in
            ChangeLedger.Change(user: try row.userID(0), transaction: row.unsigned(1))
        }
        next = rows.count < Self.size ? nil : rows.last.map { Position(transaction: $0.unsigned(1), id: $0.text(0)) }
    }

    /// By the number and not by its text, which is how a bare `changed` in ORDER BY would be understood here.
    /// Numbers from the future are those of another server, from which the tables were restored.
    static func query(behind position: Position) -> Query {
        Query(
            """
            SELECT id, changed::text FROM users WHERE changed >= $1::xid8 AND (changed, id) > ($1::xid8, $2)
                AND changed > '0'::xid8 AND changed < pg_snapshot_xmax(pg_current_snapshot())
            ORDER BY users.changed, users.id LIMIT $3::bigint
            """, .int(position.transaction), .text(position.id), .int(size))
    }
}

import Channels
import TestServers
import Testing

@testable import Friends

@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed")) struct ChangePageTests {
    /// One page more than full of transaction 10, and what transactions 9 and 11 changed, whose numbers sort otherwise as
    /// texts: page by page every row comes once, in the order of the numbers.
    @Test func pagesFollowTheNumbers() async throws {
        try await withDatabases(1) { _, name in
            try PostgreSQLServer.shared.command(
                """
                INSERT INTO users (number, id, name, standing, changed)
                SELECT n, 'u' || n, '', 1, CASE WHEN n <= 3 THEN '9' WHEN n <= 6 THEN '11' ELSE '10' END::xid8
                FROM generate_series(1, \(ChangePage.size + 7)) AS n;
                INSERT INTO users (number, id, name, standing) VALUES (1000000, 'unchanged', '', 1)
                """, in: name)
            let url = try PostgreSQLURL(PostgreSQLServer.shared.url(name))
            let connection = try PostgreSQLConnection.open(url, .small, for: .changes)
            var changes: [ChangeLedger.Change] = []
            var position: ChangePage.Position? = ChangePage.Position(transaction: 9, id: "")
            var pages = 0
            while let next = position, pages < 3 {
                connection.deadline = .now + .seconds(20)
                let page = ChangePage(try connection.run(ChangePage.query(behind: next)), UnreadableRows())
                changes += page.changes
                position = page.next
                pages += 1
            }
            #expect(pages == 2 && position == nil)
            #expect(Set(changes.map(\.user)).count == ChangePage.size + 7 && changes.count == ChangePage.size + 7)
            #expect(changes.map(\.transaction) == changes.map(\.transaction).sorted())
        }
    }
}

import Channels

extension PostgreSQLStore: ReportStore {
    func append(_ report: Report) async throws(StoreError) {
        try report.validate()
        try await write("report") { transaction in
            let ids = report.reporter.map { [$0, report.reported] } ?? [report.reported]
            let named = ids.count == 2 && ids[0] == ids[1] ? [ids[0]] : ids
            let users = try transaction.require(named, active: [], held: transaction.lock(named))
            transaction.insert(report, users)
        }
    }

    func reports(limit: Int, before: Int64?) async throws(StoreError) -> Page<FiledReport> {
        try await read("reports") { connection in
            let rows = try connection.run(
                Query(
                    "\(Query.selectReports) WHERE reports.number < $1 ORDER BY reports.number DESC LIMIT $2::bigint",
                    .int(before ?? .max), .int(limit + 1)))
            return Page(
                try rows.map { FiledReport(number: $0.int(0), report: try $0.report(1)) }, limit: limit)
        }
    }
}

extension Query {
    static let selectReports = """
        SELECT reports.number, reporters.id, reported.id, reports.sid, reports.reason, reports.at
        FROM reports JOIN users AS reported ON reported.number = reports.user_number
            LEFT JOIN users AS reporters ON reporters.number = reports.reporter
        """

    /// Oldest first.
    static func reports(by reporter: UserID) -> Query {
        Query(
            """
            \(selectReports)
            JOIN reports_made AS made ON made.reported = reports.user_number AND made.number = reports.number
            WHERE made.user_number = \(numberOfFirst) ORDER BY reports.number
            """, .id(reporter))
    }
}

extension ResultRow {
    /// From ``Query/selectReports``, without the number.
    func report(_ column: Int) throws(StoreError) -> Report {
        let sid = textIfAny(column + 2)
        return Report(
            reporter: try userIDIfAny(column), reported: try userID(column + 1),
            naming: sid.map(Naming.sid) ?? .user, reason: textIfAny(column + 3), at: int(column + 4))
    }
}

extension Transaction {
    /// On both sides, under one number.
    fileprivate func insert(_ report: Report, _ users: [UserID: HeldUser]) {
        let reported = users[report.reported]!.number
        let reporter = report.reporter.map { users[$0]!.number }
        later(
            Query(
                """
                WITH filed AS (
                    INSERT INTO reports (user_number, reporter, at, sid, reason) VALUES ($1, $2, $3, $4, $5)
                    RETURNING number, reporter)
                INSERT INTO reports_made (user_number, number, reported)
                SELECT reporter, number, $1 FROM filed WHERE reporter IS NOT NULL
                """, .int(reported), QueryParameter(text: reporter.map { String($0) }), .int(report.at),
                .text(report.naming.sid), .text(report.reason)))
    }
}

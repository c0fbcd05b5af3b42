import Channels
import GRDB

extension SQLiteStore: ReportStore {
    func append(_ report: Report) async throws(StoreError) {
        try report.validate()
        try await write("report") { database in
            let reporter = try report.reporter.map { try database.reserve($0) }
            let reported = try database.reserve(report.reported)
            try database.run(
                "INSERT INTO reports (reporter, reported, sid, reason, at) VALUES (?, ?, ?, ?, ?)",
                [reporter, reported, report.naming.sid, report.reason, report.at])
        }
    }

    func reports(limit: Int, before: Int64?) async throws(StoreError) -> Page<FiledReport> {
        try await read("reports") { database in
            let reports = try database.all(
                "\(Database.selectReports) WHERE reports.number < ? ORDER BY reports.number DESC LIMIT ?",
                [before ?? .max, limit + 1]
            ) { FiledReport(number: $0[0], report: try $0.report()) }
            return Page(reports, limit: limit)
        }
    }
}

extension Database {
    /// Oldest first.
    func reports(by reporter: Int64) throws -> [Report] {
        try all(
            "\(Self.selectReports) WHERE reports.reporter = ? ORDER BY reports.number", [reporter]
        ) { try $0.report() }
    }

    fileprivate static let selectReports = """
        SELECT reports.number, reporters.id, reported.id, reports.sid, reports.reason, reports.at
        FROM reports JOIN users AS reported ON reported.number = reports.reported
            LEFT JOIN users AS reporters ON reporters.number = reports.reporter
        """
}

extension Row {
    fileprivate func report() throws -> Report {
        let sid: String? = self[3]
        return Report(
            reporter: try userIDIfAny(1), reported: try userID(2), naming: sid.map(Naming.sid) ?? .user,
            reason: self[4], at: self[5])
    }
}

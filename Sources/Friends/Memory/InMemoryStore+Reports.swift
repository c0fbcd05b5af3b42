import Channels

extension InMemoryStore: ReportStore {
    func append(_ report: Report) throws(StoreError) {
        try report.validate()
        if let reporter = report.reporter { _ = reserve(reporter) }
        _ = reserve(report.reported)
        reports.append(FiledReport(number: Int64(reports.count + 1), report: report))
    }

    func reports(limit: Int, before: Int64?) -> Page<FiledReport> {
        let earlier = reports.reversed().drop { report in before.map { report.number >= $0 } ?? false }
        return Page(Array(earlier.prefix(limit + 1)), limit: limit)
    }

    func anonymiseReports(by reporter: UserID) {
        for index in reports.indices where reports[index].report.reporter == reporter {
            let report = reports[index].report
            reports[index] = FiledReport(
                number: reports[index].number,
                report: Report(
                    reporter: nil, reported: report.reported, naming: report.naming,
                    reason: report.reason, at: report.at))
        }
    }
}

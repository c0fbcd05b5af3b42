/// Reports, for those who run the service.
public protocol ReportStore: Sendable {
    /// Files a report. Neither side needs to exist.
    ///
    /// Throws `invalid` for a reason over ``StoreLimits/maximumReasonLength`` or with the zero character.
    func append(_ report: Report) async throws(StoreError)

    /// Newest first, those filed before number `before` only.
    func reports(limit: Int, before: Int64?) async throws(StoreError) -> Page<FiledReport>
}

import Channels
import Friends
import Geo
import HTTPTypes

/// For those who run the service, with the backend's key.
extension Routes {
    var adminRoutes: [Route] {
        [
            Route(.get, "/v1/admin/stats", .backend(getStats)),
            Route(.get, "/v1/admin/cells", .backend(getHeat)),
            Route(.get, "/v1/admin/cells/{geohash}", .backend(getCell)),
            Route(.get, "/v1/admin/reports", .backend(getReports)),
            Route(.post, "/v1/admin/drain", .backend(drain)),
            Route(.get, "/v1/admin/ring", .backend(getRing)),
            Route(.put, "/v1/admin/ring", .backend(putRing)),
        ]
    }

    private func getStats(_ call: Call) async throws -> Answer {
        try await .json(encodable: ServerFigures.read(core, answers: counters, process: process).stats)
    }

    /// Begins the stop of this process. Once more changes nothing.
    private func drain(_ call: Call) async throws -> Answer {
        core.drainOrder.give(.operators)
        return .json(Array(#"{"status":"draining"}"#.utf8), status: .accepted)
    }

    private func getHeat(_ call: Call) async throws -> Answer {
        let limit = try call.query.limit(Limits.listPage)
        let precision = try call.query.precision() ?? Limits.finestCounted
        return try await .json(encodable: CellHeat.read(core, precision: precision, limit: limit))
    }

    private func getCell(_ call: Call) async throws -> Answer {
        guard let cell = Geohash(call.path["geohash"]) else {
            throw Problem.badParameter("the geohash in the path is not valid")
        }
        return try await .json(encodable: cellReport(cell))
    }

    private func getReports(_ call: Call) async throws -> Answer {
        let limit = try call.query.limit(Limits.listPage)
        let before: Int64? = try cursors.place(call.query, in: .reports, of: nil)
        let page = try await core.stores.reports.reports(limit: limit, before: before)
        let next = cursors.next(page.hasMore ? page.items.last?.number : nil, in: .reports, of: nil)
        return .json(.list(page.items, next: next) { json, filed in json.append(filed) })
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ filed: FiledReport) {
        append(json: #"{"number":"#)
        append(integer: filed.number)
        append(json: #","reporter":"#)
        append(optional: filed.report.reporter?.string)
        append(json: #","reported":"#)
        append(string: filed.report.reported.string)
        append(json: #","sid":"#)
        append(optional: filed.report.sid)
        append(json: #","reason":"#)
        append(optional: filed.report.reason)
        append(json: #","at":"#)
        append(integer: filed.report.at)
        append(json: "}")
    }
}

extension Report {
    /// The pseudonym by which the reporter knew whom it reported, if it was one.
    fileprivate var sid: String? {
        if case .sid(let sid) = naming { sid } else { nil }
    }
}

import Channels
import Geo
import Strangers

/// What happens in one cell.
struct CellReport: Encodable, Equatable {
    let geohash: String
    let precision: Int
    /// Users who are published to strangers in the cell or inside it.
    var members = 0
    /// Sessions that would be shown somebody who is published in exactly this cell.
    var watchers = 0
    /// Locations a second in the cell, over the last minute, each user's newest counted; `nil` where fewer users than
    /// strangers would be shown sent one: whoever watches the load has no need to see one person.
    var rate: Double?

    init(_ cell: Geohash) {
        geohash = cell.description
        precision = cell.precision
    }
}

extension Routes {
    /// Counts a cell on all event loops. Members are the same on each of them, watchers add up.
    func cellReport(_ cell: Geohash) async throws -> CellReport {
        var report = CellReport(cell)
        for loop in core.loops {
            guard let census = try await loop.ask({ $0.strangers.census(of: cell) }) else { continue }
            report.members = max(report.members, census.members)
            report.watchers += census.watchers
        }
        report.rate = await CellRate.read(core, cell: cell)
        return report
    }
}

import Channels
import Friends
import Geo

/// Where the active users are, as counts a cell: what `GET /v1/admin/cells` answers.
///
/// Counted are those who share and were heard within the inactivity time. A cell with fewer of them than strangers would be
/// shown stands under `elsewhere`: whoever watches the load has no need to see one person.
struct CellHeat: Encodable, Equatable {
    struct Item: Encodable, Equatable {
        let geohash: String
        let users: Int
    }

    /// Users looked at between two pauses, so that a thread is not held for long.
    private static let piece: UInt32 = 16_384

    let precision: Int
    /// All that were counted.
    let users: Int
    /// Those in cells that are not listed.
    let elsewhere: Int
    /// The fullest first.
    let items: [Item]

    /// Looks at every user that the process ever heard of; about 10 ms for 100,000.
    static func read(_ core: ServerCore, precision: Int, limit: Int) async -> CellHeat {
        let now = core.clock.monotonicMilliseconds()
        let inactivity = core.settings.inactive.milliseconds
        var counts: [Geohash: Int] = [:]
        var index: UInt32 = 1
        let end = UInt32(core.engine.users.count)
        while index <= end {
            for user in index...min(end, index + piece) {
                guard let state = core.engine.users.state(of: user),
                    state.isVisible(at: now, inactivity: inactivity)
                else { continue }
                counts[Geohash(state.coordinate, precision: precision), default: 0] += 1
            }
            index += piece + 1
            await Task.yield()
        }
        return CellHeat(counts, precision: precision, least: core.settings.strangers.k, limit: limit)
    }

    init(_ counts: [Geohash: Int], precision: Int, least: Int, limit: Int) {
        self.precision = precision
        users = counts.values.reduce(0, +)
        items = counts.filter { $0.value >= least }
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .prefix(limit).map { Item(geohash: $0.key.description, users: $0.value) }
        elsewhere = users - items.reduce(0) { $0 + $1.users }
    }
}

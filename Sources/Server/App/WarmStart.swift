import Channels
import Friends
import Geo

/// A server that was restarted knows where everyone is who was heard within the inactivity time.
struct WarmStart: Sendable {
    let core: ServerCore

    func run() async throws {
        let wall = core.clock.wallMilliseconds()
        let since = wall - core.settings.inactive.milliseconds
        var locations = try await core.stores.cache.locations(heardSince: since)
        if locations.isEmpty { locations = try await fromHistory(since: since) }
        let monotonic = core.clock.monotonicMilliseconds()
        for location in locations {
            let state = UserState(
                coordinate: location.coordinate, timestamp: location.ts,
                heard: monotonic - max(0, wall - location.heardAt), epoch: location.epoch,
                flags: location.sharing ? [.located, .sharing] : [.located])
            core.engine.users.restore(core.engine.users.index(of: location.user), state)
        }
    }

    private func fromHistory(since: Int64) async throws -> [UserLocation] {
        let points = try await core.stores.history.latestPoints(heardSince: since)
        let users = try await core.stores.users.users(points.map(\.user))
        let byID = Dictionary(uniqueKeysWithValues: users.map { ($0.id, $0) })
        let locations = points.compactMap { point in
            byID[point.user].map { user in
                UserLocation(
                    user: point.user, coordinate: point.coordinate, ts: point.ts, epoch: user.epoch,
                    sharing: user.sharing, heardAt: point.heardAt)
            }
        }
        try await core.stores.cache.store(locations)
        return locations
    }
}

import Channels
import Friends
import Geo

/// A server that was restarted knows where everyone is who was heard within the inactivity time.
///
/// Where is taken from the cache, or from the history if the cache has nothing; whether that may be shown
/// only ever from the users, because a location was stored before whatever its user has changed since.
///
/// A process with a common database and a common cache loads nobody: most of them have nothing to do with it, and of
/// the others it reads in the cache when they or their friends say hello.
struct WarmStart: Sendable {
    private struct Place {
        let user: UserID
        let coordinate: Coordinate
        let ts: Int64
        let heardAt: Int64
    }

    let core: ServerCore

    func run() async throws {
        guard core.database == nil || core.cluster == nil else { return }
        let wall = core.clock.wallMilliseconds()
        let monotonic = core.clock.monotonicMilliseconds()
        let places = try await places(since: wall - core.settings.inactive.milliseconds)
        let users = try await core.stores.users.users(places.map(\.user))
        let byID = Dictionary(uniqueKeysWithValues: users.map { ($0.id, $0) })
        for place in places {
            guard let user = byID[place.user] else { continue }
            let state = UserState(
                coordinate: place.coordinate, timestamp: place.ts,
                heard: monotonic - max(0, wall - place.heardAt), epoch: user.epoch,
                flags: user.sharing ? [.located, .sharing] : [.located])
            core.engine.users.restore(core.engine.users.index(of: place.user), state)
        }
    }

    private func places(since: Int64) async throws -> [Place] {
        let cached = try await core.stores.cache.locations(heardSince: since)
        if !cached.isEmpty {
            return cached.map { Place(user: $0.user, coordinate: $0.coordinate, ts: $0.ts, heardAt: $0.heardAt) }
        }
        return try await core.stores.history.latestPoints(heardSince: since).map {
            Place(user: $0.user, coordinate: $0.coordinate, ts: $0.ts, heardAt: $0.heardAt)
        }
    }
}

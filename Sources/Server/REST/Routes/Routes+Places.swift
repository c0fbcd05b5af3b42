import Channels
import Friends
import Geo
import HTTPTypes

/// Where friends are, and where the user was.
extension Routes {
    var placeRoutes: [Route] {
        [
            Route(.get, "/v1/users/{id}/nearby/friends", .user(getNearbyFriends)),
            Route(.get, "/v1/users/{id}/history", .user(getHistory)),
            Route(.delete, "/v1/users/{id}/history", .user(deleteHistory)),
        ]
    }

    // MARK: Nearby

    /// Around the user's newest known position. Without one there is nobody nearby.
    private func getNearbyFriends(_ call: UserCall) async throws -> Answer {
        let query = call.call.query
        let limit = try query.limit(Limits.nearbyPage)
        let radius = try query.radius() ?? core.settings.radius
        let place: NearbyPlace? = try cursors.place(query, in: .nearby, of: call.id)
        let user = try await call.user(in: core.stores)
        let account = try await core.stores.users.account(of: user.id)
        let known = core.know(account.friends)
        await core.cluster?.refresh(known + [core.engine.users.index(of: user.id)])
        guard let center = place?.center ?? position(of: user.id) else {
            return .json(Self.nearbyJSON([], total: 0, next: nil))
        }
        let blocked = Set(account.blocked)
        let nearby = NearbyFriends(
            account.friends.lazy.filter { !blocked.contains($0.id) }, around: center,
            radius: place?.radius ?? radius, engine: core.engine, now: core.clock.monotonicMilliseconds())
        let page = nearby.page(after: place, limit: limit)
        let last = page.hasMore ? page.items.last : nil
        let next = last.map { last in
            NearbyPlace(
                center: center, radius: place?.radius ?? radius, chordSquared: last.chordSquared,
                friend: last.friend.id)
        }
        return .json(
            Self.nearbyJSON(
                page.items, total: nearby.total, next: cursors.next(next, in: .nearby, of: call.id)))
    }

    private func position(of user: UserID) -> Coordinate? {
        core.engine.users.knownIndex(of: user).flatMap(core.engine.users.state(of:))?.coordinate
    }

    private static func nearbyJSON(_ items: ArraySlice<NearbyFriends.Item>, total: Int, next: String?) -> [UInt8] {
        var json: [UInt8] = []
        json.append(json: #"{"total":"#)
        json.append(integer: Int64(total))
        json.append(json: ",")
        json.append(items: items, next: next) { json, item in
            json.append(json: "{")
            json.append(profileOf: item.friend)
            json.append(json: ",")
            json.append(item.state.coordinate, ts: item.state.timestamp)
            json.append(json: #","distance_m":"#)
            json.append(centimetres: Int64((Earth.metres(chordSquared: item.chordSquared) * 100).rounded()))
            json.append(json: "}")
        }
        json.append(json: "}")
        return json
    }

    // MARK: History

    /// What still waits to be written is written first, so that a location that was sent is found.
    private func getHistory(_ call: UserCall) async throws -> Answer {
        let query = call.call.query
        let limit = try query.limit(Limits.listPage)
        let from = try query.time("from") ?? .min
        let to = try query.time("to") ?? .max
        let after: Int64? = try cursors.place(query, in: .history, of: call.id)
        let user = try await call.user(in: core.stores)
        try await core.writer.flush()
        let page = try await core.stores.history.points(
            of: user.id, from: from, to: to, limit: limit, after: after)
        let next = cursors.next(page.hasMore ? page.items.last?.ts : nil, in: .history, of: call.id)
        return .json(
            .list(page.items, next: next) { json, point in
                json.append(json: "{")
                json.append(point.coordinate, ts: point.ts)
                json.append(json: "}")
            })
    }

    private func deleteHistory(_ call: UserCall) async throws -> Answer {
        try await core.writer.deleteHistory(of: call.id)
        return .noContent
    }
}

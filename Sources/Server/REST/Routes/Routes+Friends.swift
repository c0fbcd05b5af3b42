import Channels
import Friends
import HTTPTypes

/// Friendships, and the requests that lead to them.
extension Routes {
    var friendRoutes: [Route] {
        [
            Route(.put, "/v1/users/{id}/friends/{friend}", .user(putFriend)),
            Route(.delete, "/v1/users/{id}/friends/{friend}", .user(deleteFriend)),
            Route(.get, "/v1/users/{id}/friends", .user(getFriends)),
            Route(.get, "/v1/users/{id}/friend-requests", .user(getRequests)),
        ]
    }

    /// The backend makes a friendship; a user asks for it, or accepts.
    private func putFriend(_ call: UserCall) async throws -> Answer {
        let friend = try Self.other("friend", of: call)
        guard case .itself = call.subject else {
            let isNew = try await changes.befriend(call.id, friend)
            return Self.friendship(with: friend, "friends", isNew ? .created : .ok)
        }
        switch try await changes.request(from: call.id, to: friend) {
        case .requested: return Self.friendship(with: friend, "requested", .accepted)
        case .accepted: return Self.friendship(with: friend, "friends", .created)
        case .alreadyFriends: return Self.friendship(with: friend, "friends", .ok)
        }
    }

    /// Ends a friendship, or what might have become one: a request of either side.
    private func deleteFriend(_ call: UserCall) async throws -> Answer {
        let friend = try Self.other("friend", of: call)
        _ = try await changes.unfriend(call.id, friend)
        try await core.stores.friendships.removeRequest(from: call.id, to: friend)
        try await core.stores.friendships.removeRequest(from: friend, to: call.id)
        return .noContent
    }

    private func getFriends(_ call: UserCall) async throws -> Answer {
        try await people(call, in: .friends) { stores, id, limit, after in
            try await stores.friendships.friends(of: id, limit: limit, after: after)
        }
    }

    private func getRequests(_ call: UserCall) async throws -> Answer {
        try await people(call, in: .requests) { stores, id, limit, after in
            try await stores.friendships.incomingRequests(of: id, limit: limit, after: after)
        }
    }

    /// A page of people in the order of their ids.
    private func people(
        _ call: UserCall, in list: CursorSeal.List, _ read: (Stores, UserID, Int, UserID?) async throws -> Page<User>
    ) async throws -> Answer {
        let limit = try call.call.query.limit(Limits.listPage)
        let after: UserID? = try cursors.place(call.call.query, in: list, of: call.id)
        let user = try await call.user(in: core.stores)
        let page = try await read(core.stores, user.id, limit, after)
        let next = cursors.next(page.hasMore ? page.items.last?.id : nil, in: list, of: call.id)
        return .json(
            .list(page.items, next: next) { json, user in
                json.append(json: "{")
                json.append(profileOf: user)
                json.append(json: "}")
            })
    }

    private static func friendship(
        with friend: UserID, _ state: StaticString, _ status: HTTPResponse.Status
    ) -> Answer {
        var json: [UInt8] = []
        json.append(json: #"{"friend":"#)
        json.append(string: friend.string)
        json.append(json: #","state":""#)
        json.append(json: state)
        json.append(json: #""}"#)
        return .json(json, status: status)
    }

    /// The second user of a path, who cannot be the first.
    static func other(_ name: String, of call: UserCall) throws(Problem) -> UserID {
        let other = try call.call.path.user(name)
        guard other != call.id else { throw .badParameter("the two users in the path are one") }
        return other
    }
}

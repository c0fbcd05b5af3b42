import Channels
import Friends

/// One call of a store, and how its answer is put into words to be compared.
enum RandomCall {
    case put(UserID, name: String)
    case ensure(UserID)
    case setSharing(Bool, UserID)
    case erase(UserID)
    case befriend(UserID, UserID)
    case unfriend(UserID, UserID)
    case request(UserID, UserID)
    case removeRequest(UserID, UserID)
    case block(UserID, by: UserID, Naming, now: Int64)
    case unblockUser(UserID, by: UserID)
    case unblockFirst(by: UserID)
    case importFriendships([Friendship])
    case report(Report)
    case move(UserLocation)
    case account(UserID)
    case lists(UserID)
    case export(UserID)

    func answer(of stores: Stores) async -> String {
        do {
            return String(describing: try await call(stores))
        } catch let error as StoreError {
            return error.code.rawValue
        } catch {
            return String(describing: error)
        }
    }

    private func call(_ stores: Stores) async throws -> Any {
        switch self {
        case .put(let id, let name): try await stores.users.put(Profile(id: id, name: name))
        case .ensure(let id): try await stores.users.ensure(id)
        case .setSharing(let on, let id): try await stores.users.setSharing(on, of: id)
        case .erase(let id): try await stores.users.erase(id) as Any
        case .befriend(let a, let b): try await stores.friendships.befriend(a, b)
        case .unfriend(let a, let b): try await stores.friendships.unfriend(a, b)
        case .request(let a, let b): try await stores.friendships.request(from: a, to: b)
        case .removeRequest(let a, let b): try await stores.friendships.removeRequest(from: a, to: b)
        case .block(let a, let by, let naming, let now):
            try await stores.blocks.block(a, by: by, as: naming, now: now)
        case .unblockUser(let a, let by): try await stores.blocks.unblock(.user(a), by: by) as Any
        case .unblockFirst(let by): try await unblockFirst(by: by, in: stores) as Any
        case .importFriendships(let pairs): try await stores.friendships.importFriendships(pairs)
        case .report(let report): try await stores.reports.append(report)
        case .move(let location): try await move(location, in: stores)
        case .account(let id): try await stores.users.account(of: id)
        case .lists(let id): try await lists(of: id, in: stores)
        case .export(let id): try await withoutBlockIDs(stores.users.export(id))
        }
    }

    private func unblockFirst(by blocker: UserID, in stores: Stores) async throws -> UserID? {
        guard let first = try await stores.blocks.blocks(by: blocker).first else { return nil }
        return try await stores.blocks.unblock(.block(first.id), by: blocker)
    }

    private func move(_ location: UserLocation, in stores: Stores) async throws -> [Any] {
        try await stores.cache.store([location])
        try await stores.history.append([HistoryPoint(location)])
        return [
            try await cached([location.user], in: stores),
            try await history(of: location.user, in: stores),
        ]
    }

    private func lists(of id: UserID, in stores: Stores) async throws -> [Any] {
        [
            try await stores.users.user(id) as Any,
            try await stores.friendships.friends(of: id, limit: 3, after: "a"),
            try await stores.friendships.incomingRequests(of: id, limit: 3, after: nil),
            try await stores.blocks.blocks(by: id).map { ($0.user, $0.since) },
            try await stores.reports.reports(limit: 2, before: nil),
        ]
    }

    /// The ids of blocks are random.
    private func withoutBlockIDs(_ export: UserExport) -> [Any] {
        [
            export.friends, export.requestsMade, export.requestsReceived, export.reports,
            export.history, export.location as Any, export.blocks.map { ($0.user, $0.since) },
        ]
    }
}

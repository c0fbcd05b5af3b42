import Channels

extension InMemoryStore: FriendshipStore {
    func befriend(_ a: UserID, _ b: UserID) throws(StoreError) -> Bool {
        guard a != b else { throw StoreError(.invalid, "befriend oneself") }
        for id in [a, b] where entries[id]?.standing == .erased {
            throw StoreError(.erased, "befriend")
        }
        if areFriends(a, b) { return false }
        try requireRoom(a)
        try requireRoom(b)
        _ = try activate(a)
        _ = try activate(b)
        link(a, b)
        return true
    }

    func unfriend(_ a: UserID, _ b: UserID) -> Bool {
        friends[b]?.remove(a)
        return friends[a]?.remove(b) != nil
    }

    func areFriends(_ a: UserID, _ b: UserID) -> Bool {
        friends[a]?.contains(b) ?? false
    }

    func friends(of id: UserID, limit: Int, after: UserID?) -> Page<User> {
        page(friends[id, default: []], limit: limit, after: after)
    }

    func request(from asker: UserID, to target: UserID) throws(StoreError) -> RequestOutcome {
        guard asker != target else { throw StoreError(.invalid, "request to oneself") }
        _ = try activate(asker)
        if areFriends(asker, target) { return .alreadyFriends }
        try requireRoom(asker)
        let hidden = reserve(target).isErased || isBlocked(asker, target)
        if !hidden, requests.isShown(from: target, to: asker) {
            try requireRoom(target)
            link(asker, target)
            return .accepted
        }
        let pending = requests.targets(of: asker)
        guard pending.contains(target) || pending.count < StoreLimits.maximumRequests else {
            throw StoreError(.tooManyRequests, "request")
        }
        requests.insert(from: asker, to: target, hidden: hidden)
        return .requested
    }

    func removeRequest(from asker: UserID, to target: UserID) -> Bool {
        requests.remove(from: asker, to: target)
    }

    func incomingRequests(of id: UserID, limit: Int, after: UserID?) -> Page<User> {
        page(requests.askers(of: id), limit: limit, after: after)
    }

    func importFriendships(_ pairs: [Friendship]) -> ImportSummary {
        var summary = ImportSummary()
        let before = activeUsers
        for pair in pairs {
            do {
                if try befriend(pair.a, pair.b) { summary.created += 1 } else { summary.existed += 1 }
            } catch {
                summary.refused += 1
            }
        }
        summary.usersCreated = activeUsers - before
        return summary
    }
}

extension InMemoryStore {
    private var activeUsers: Int { entries.values.count { $0.standing == .active } }

    private func requireRoom(_ id: UserID) throws(StoreError) {
        guard friends[id, default: []].count < StoreLimits.maximumFriends else {
            throw StoreError(.tooManyFriends, "befriend")
        }
    }

    private func link(_ a: UserID, _ b: UserID) {
        friends[a, default: []].insert(b)
        friends[b, default: []].insert(a)
        requests.remove(from: a, to: b)
        requests.remove(from: b, to: a)
    }

    private func page(_ ids: some Collection<UserID>, limit: Int, after: UserID?) -> Page<User> {
        let behind = ids.sorted().drop { id in after.map { id <= $0 } ?? false }
        return Page(users(Array(behind.prefix(limit + 1))), limit: limit)
    }
}

import Channels

extension InMemoryStore: UserStore {
    func ensure(_ id: UserID) throws(StoreError) -> User {
        try activate(id)
    }

    func put(_ profile: Profile) -> Bool {
        let before = entries[profile.id]?.standing
        var user = reserve(profile.id)
        if before == .erased {
            user.epoch += 1
            user.isErased = false
        }
        if before != .active { user.sharing = true }
        user.name = profile.name
        user.avatarURL = profile.avatarURL
        entries[profile.id] = UserEntry(user: user, standing: .active)
        return before != .active
    }

    func put(_ profiles: [Profile]) -> Int {
        profiles.count { put($0) }
    }

    func user(_ id: UserID) -> User? {
        guard let entry = entries[id], entry.standing != .reserved else { return nil }
        return entry.user
    }

    func user(number: Int64) -> User? {
        guard (1...Int64(max(ids.count, 1))).contains(number), !ids.isEmpty else { return nil }
        return user(ids[Int(number) - 1])
    }

    func users(_ ids: [UserID]) -> [User] {
        ids.compactMap { id in
            entries[id].flatMap { $0.standing == .active ? $0.user : nil }
        }
    }

    func setSharing(_ sharing: Bool, of id: UserID) throws(StoreError) -> UInt32 {
        var user = try active(id)
        guard user.sharing != sharing else { return user.epoch }
        user.sharing = sharing
        user.epoch += 1
        entries[id]?.user = user
        return user.epoch
    }

    func raiseEpoch(of id: UserID, above floor: UInt32) throws(StoreError) -> UInt32 {
        let highest = max(try active(id).epoch, floor)
        let epoch = highest == .max ? highest : highest + 1
        entries[id]?.user.epoch = epoch
        return epoch
    }

    func erase(_ id: UserID) -> UInt32? {
        guard let entry = entries[id], entry.standing == .active else { return nil }
        let epoch = entry.user.epoch + 1
        let tombstone = User(
            id: id, number: entry.user.number, name: "", sharing: false, epoch: epoch, isErased: true)
        entries[id] = UserEntry(user: tombstone, standing: .erased)
        for friend in friends.removeValue(forKey: id) ?? [] { friends[friend]?.remove(id) }
        requests.removeAll(of: id)
        for block in (blocks.removeValue(forKey: id) ?? [:]).keys { blockers[block.blocked]?.remove(id) }
        anonymiseReports(by: id)
        cached[id] = nil
        points[id] = nil
        return epoch
    }

    func account(of id: UserID) throws(StoreError) -> Account {
        let user = try activate(id)
        let blocked = Set(blocks[id, default: [:]].keys.map(\.blocked)).union(blockers[id, default: []])
        return Account(
            user: user,
            friends: users(Array(friends[id, default: []])).sorted { $0.number < $1.number },
            blocked: blocked.sorted())
    }

    func export(_ id: UserID) throws(StoreError) -> UserExport {
        let user = try active(id)
        return UserExport(
            user: user, friends: friends[id, default: []].sorted(),
            requestsMade: requests.targets(of: id).sorted(),
            requestsReceived: requests.askers(of: id).sorted(), blocks: blocks(by: id),
            reports: reports.map(\.report).filter { $0.reporter == id }, location: cached[id],
            history: points[id, default: []])
    }
}

extension InMemoryStore {
    /// The user of `id`, which gets a number if it has none.
    func reserve(_ id: UserID) -> User {
        if let entry = entries[id] { return entry.user }
        ids.append(id)
        let user = User(id: id, number: Int64(ids.count), name: id.string)
        entries[id] = UserEntry(user: user, standing: .reserved)
        return user
    }

    /// The user of `id`, made if there is none.
    func activate(_ id: UserID) throws(StoreError) -> User {
        let user = reserve(id)
        if user.isErased { throw StoreError(.erased, "user") }
        entries[id]?.standing = .active
        return user
    }

    func active(_ id: UserID) throws(StoreError) -> User {
        switch entries[id]?.standing {
        case .active: entries[id]!.user
        case .erased: throw StoreError(.erased, "user")
        case .reserved, nil: throw StoreError(.notFound, "user")
        }
    }
}

import Channels

extension InMemoryStore: LocationCache {
    func store(_ locations: [UserLocation]) {
        for location in locations where entries[location.user]?.standing == .active {
            if let held = cached[location.user], !location.supersedes(held) { continue }
            cached[location.user] = location
        }
    }

    func locations(of users: [UserID], now: Int64) -> [UserLocation] {
        users.compactMap { cached[$0] }.filter { now - $0.heardAt < locationTTL }
    }

    func locations(heardSince since: Int64) -> [UserLocation] {
        cached.values.filter { $0.heardAt >= since }
    }

    func removeLocation(of user: UserID) {
        cached[user] = nil
    }

    func removeExpired(now: Int64) -> Int {
        let before = cached.count
        cached = cached.filter { now - $0.value.heardAt < locationTTL }
        return before - cached.count
    }
}

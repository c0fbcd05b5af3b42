import Channels

extension InMemoryStore: LocationCache {
    func store(_ locations: [UserLocation]) {
        for location in locations where entries[location.user]?.standing == .active {
            if let held = cached[location.user], !location.supersedes(held) { continue }
            cached[location.user] = location
        }
    }

    func locations(heardSince since: Int64) -> [UserLocation] {
        cached.values.filter { $0.heardAt >= since }
    }

    func removeExpired(now: Int64) -> Int {
        let before = cached.count
        cached = cached.filter { now - $0.value.heardAt < locationTTL }
        return before - cached.count
    }
}

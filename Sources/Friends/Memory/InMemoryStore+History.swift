import Channels

extension InMemoryStore: LocationHistory {
    func append(_ points: [HistoryPoint]) {
        for point in points where entries[point.user]?.standing == .active {
            insert(point)
        }
    }

    func points(of user: UserID, from: Int64, to: Int64, limit: Int, after: Int64?)
        -> Page<HistoryPoint>
    {
        let found = points[user, default: []].lazy.filter { point in
            point.ts >= from && point.ts <= to && (after.map { point.ts > $0 } ?? true)
        }
        return Page(Array(found.prefix(limit + 1)), limit: limit)
    }

    func latestPoints(heardSince since: Int64) -> [HistoryPoint] {
        points.values.compactMap(\.last).filter { $0.heardAt >= since }
    }

    func deletePoints(of user: UserID) {
        points[user] = nil
    }

    func deletePoints(olderThan age: Duration, now: Int64) -> Int {
        let ts = now - age.milliseconds
        var deleted = 0
        for (user, held) in points {
            let old = held.prefix { $0.ts < ts }.count
            points[user]?.removeFirst(old)
            deleted += old
        }
        return deleted
    }

    /// Points mostly come in order, so the place is looked for from the end.
    private func insert(_ point: HistoryPoint) {
        var held = points.removeValue(forKey: point.user) ?? []
        defer { points[point.user] = held }
        let place = (held.lastIndex { $0.ts <= point.ts } ?? -1) + 1
        if place > 0, held[place - 1].ts == point.ts { return }
        held.insert(point, at: place)
    }
}

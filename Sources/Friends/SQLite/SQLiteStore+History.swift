import Channels
import GRDB
import Geo

extension SQLiteStore: LocationHistory {
    func append(_ points: [HistoryPoint]) async throws(StoreError) {
        try await write("append history") { try $0.append(points) }
    }

    func points(of user: UserID, from: Int64, to: Int64, limit: Int, after: Int64?)
        async throws(StoreError) -> Page<HistoryPoint>
    {
        try await read("history") { database in
            guard let number = try database.number(of: user) else { return Page([], limit: limit) }
            let points = try database.all(
                """
                SELECT lat_e7, lon_e7, ts, heard_at FROM history
                WHERE user = ?1 AND ts BETWEEN ?2 AND ?3 AND (?4 IS NULL OR ts > ?4)
                ORDER BY ts LIMIT ?5
                """, [number, max(from, after ?? .min), to, after, limit + 1]
            ) { try $0.point(of: user) }
            return Page(points, limit: limit)
        }
    }

    func latestPoints(heardSince since: Int64) async throws(StoreError) -> [HistoryPoint] {
        // `CROSS` keeps SQLite from going through the whole history first.
        try await read("latest points") { database in
            try database.all(
                """
                SELECT lat_e7, lon_e7, ts, heard_at, users.id FROM users CROSS JOIN history
                    ON user = number
                    AND ts = (SELECT max(newest.ts) FROM history AS newest WHERE newest.user = number)
                WHERE heard_at >= ?
                """, [since]
            ) { row in try row.point(of: row.userID(4)) }
        }
    }

    func deletePoints(of user: UserID) async throws(StoreError) {
        try await write("delete history", .power, scrub: true) { database in
            guard let number = try database.number(of: user) else { return }
            try database.run("DELETE FROM history WHERE user = ?", [number])
        }
    }

    func deletePoints(olderThan age: Duration, now: Int64) async throws(StoreError) -> Int {
        let ts = now - age.milliseconds
        var deleted = 0
        var users: ClosedRange<Int64>? = 0...0
        while let last = users?.upperBound {
            users = try await nextUsers(after: last)
            guard let users else { break }
            deleted += try await write("expire history") { database in
                try database.deletePoints(ofUsers: users, olderThan: ts)
            }
        }
        return deleted
    }

    private func nextUsers(after number: Int64) async throws(StoreError) -> ClosedRange<Int64>? {
        try await read("expire history") { database in
            let last = try database.first("SELECT max(number) FROM users", []) { $0[0] as Int64? } ?? nil
            guard let last, number < last else { return nil }
            return number + 1...min(number + Int64(StoreLimits.retentionBatch), last)
        }
    }
}

extension Database {
    /// All points of a user, oldest first.
    func points(of number: Int64, user: UserID) throws -> [HistoryPoint] {
        try all("SELECT lat_e7, lon_e7, ts, heard_at FROM history WHERE user = ? ORDER BY ts", [number]) {
            try $0.point(of: user)
        }
    }

    /// In the order of the key, which touches every page once.
    fileprivate func append(_ points: [HistoryPoint]) throws {
        let numbers = try activeNumbers(of: Set(points.map(\.user)))
        let rows = points.compactMap { point in numbers[point.user].map { (user: $0, point: point) } }
            .sorted { ($0.user, $0.point.ts) < ($1.user, $1.point.ts) }
        var insert = BulkInsert(
            into: "history", ["user", "ts", "lat_e7", "lon_e7", "heard_at"], onConflict: "DO NOTHING")
        for (user, point) in rows {
            insert.append(
                user, point.ts, Int64(point.coordinate.latitudeE7), Int64(point.coordinate.longitudeE7),
                point.heardAt)
        }
        _ = try insert.run(in: self)
    }

    /// One range of the key for each user.
    fileprivate func deletePoints(ofUsers users: ClosedRange<Int64>, olderThan ts: Int64) throws -> Int {
        try run(
            """
            DELETE FROM history WHERE ts < ?3
                AND user IN (SELECT number FROM users WHERE number BETWEEN ?1 AND ?2)
            """, [users.lowerBound, users.upperBound, ts])
    }
}

extension Row {
    fileprivate func point(of user: UserID) throws -> HistoryPoint {
        HistoryPoint(user: user, coordinate: try coordinate(0), ts: self[2], heardAt: self[3])
    }
}

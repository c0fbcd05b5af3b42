import Channels
import Geo

extension PostgreSQLStore: LocationHistory {
    func append(_ points: [HistoryPoint]) async throws(StoreError) {
        // If it fails there are partitions yet, and `history_other` takes everything.
        try? await extendHistory()
        for start in stride(from: 0, to: points.count, by: StoreLimits.historyBatch) {
            let batch = Array(points[start..<min(start + StoreLimits.historyBatch, points.count)])
            try await pool.run("append history") { connection in
                do {
                    try Transaction.run(.change, on: connection) { try $0.copy(batch) }
                } catch let error as PostgreSQLError where error == .uniqueViolation {
                    // Some are there already: a batch that is given again, or a point from two processes.
                    try Transaction.run(.change, on: connection) { try $0.insert(batch) }
                }
            }
        }
    }

    func points(of user: UserID, from: Int64, to: Int64, limit: Int, after: Int64?)
        async throws(StoreError) -> Page<HistoryPoint>
    {
        if after == .max { return Page([], limit: limit) }
        let from = max(from, after.map { $0 + 1 } ?? .min)
        return try await read("history") { connection in
            let points = try connection.run(
                Query(
                    """
                    SELECT lat_e7, lon_e7, ts, heard_at FROM history
                    WHERE user_number = \(Query.numberOfFirst) AND ts BETWEEN $2 AND $3
                        AND ts >= \(Query.historyBegins)
                    ORDER BY ts LIMIT $4::bigint
                    """, .id(user), .int(from), .int(to), .int(limit + 1))
            ).map { try $0.point(of: user) }
            return Page(points, limit: limit)
        }
    }

    func latestPoints(heardSince since: Int64) async throws(StoreError) -> [HistoryPoint] {
        try await snapshot("latest points", bulk: true) { transaction in
            try transaction.rows(
                Query(
                    """
                    SELECT newest.lat_e7, newest.lon_e7, newest.ts, newest.heard_at, users.id
                    FROM (SELECT DISTINCT user_number FROM history WHERE heard_at >= $1) AS heard
                        JOIN users ON users.number = heard.user_number
                        CROSS JOIN LATERAL (
                            SELECT * FROM history WHERE history.user_number = users.number
                                AND ts >= \(Query.historyBegins)
                            ORDER BY ts DESC LIMIT 1) AS newest
                    WHERE newest.heard_at >= $1
                    """, .int(since))
            ).map { try $0.point(of: $0.userID(4)) }
        }
    }

    func deletePoints(of user: UserID) async throws(StoreError) {
        try await write("delete history", bulk: true) { transaction in
            // Batches that other processes write now end first.
            transaction.later(AdvisoryLock.locations.exclusive)
            transaction.later(Query("UPDATE users SET \(Transaction.forget) WHERE id = $1", .id(user)))
            transaction.later(
                Query("DELETE FROM history WHERE user_number = \(Query.numberOfFirst)", .id(user)))
        }
    }
}

extension Query {
    /// Older points are forgotten, though their partition may still stand.
    static let historyBegins = "(SELECT since FROM history_retention)"

    static func allPoints(of user: UserID) -> Query {
        Query(
            """
            SELECT lat_e7, lon_e7, ts, heard_at FROM history
            WHERE user_number = \(numberOfFirst) AND ts >= \(historyBegins) ORDER BY ts
            """, .id(user))
    }
}

extension ResultRow {
    func point(of user: UserID) throws(StoreError) -> HistoryPoint {
        HistoryPoint(user: user, coordinate: try coordinate(0), ts: int(2), heardAt: int(3))
    }
}

extension Transaction {
    /// To set in an update of the table `users`: what was heard of the user before, and what other processes still hold
    /// of it, comes too late.
    static let forget = "forgotten_at = greatest(forgotten_at, \(Query.now))"

    /// Throws ``PostgreSQLError/uniqueViolation`` if one of the points is there already.
    fileprivate func copy(_ points: [HistoryPoint]) throws {
        let rows = try numbered(points)
        var copy = HistoryCopy(rows: rows.count)
        for (user, point) in rows { copy.append(user: user, point) }
        copy.finish()
        try self.copy(HistoryCopy.statement, copy.bytes)
    }

    /// Leaves out what is there already.
    fileprivate func insert(_ points: [HistoryPoint]) throws {
        let rows = try numbered(points)
        later(
            Query(
                """
                INSERT INTO history (user_number, ts, heard_at, lat_e7, lon_e7)
                SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::integer[], $5::integer[])
                ON CONFLICT DO NOTHING
                """, .ints(rows.map(\.user)), .ints(rows.map(\.point.ts)), .ints(rows.map(\.point.heardAt)),
                .ints(rows.map(\.point.coordinate.latitudeE7)), .ints(rows.map(\.point.coordinate.longitudeE7))))
    }

    /// The points of active users that were heard after the last deletion; none of the users is erased before this
    /// transaction ends. In the order of the key; of two with the same key the first.
    private func numbered(_ points: [HistoryPoint]) throws -> [(user: Int64, point: HistoryPoint)] {
        later(AdvisoryLock.locations.shared)
        let found = try rows(
            Query(
                """
                SELECT id, number, forgotten_at FROM users
                WHERE id = ANY($1::text[]) AND standing = \(Standing.active.rawValue)
                """, .ids(Set(points.map(\.user)))))
        let users = Dictionary(
            try found.map { (try $0.userID(0), (number: $0.int(1), forgottenAt: $0.int(2))) },
            uniquingKeysWith: { first, _ in first })
        var taken: Set<HistoryKey> = []
        return points.compactMap { point in
            guard let user = users[point.user], point.heardAt > user.forgottenAt else { return nil }
            return taken.insert(HistoryKey(user: user.number, ts: point.ts)).inserted ? (user.number, point) : nil
        }
        .sorted { ($0.user, $0.point.ts) < ($1.user, $1.point.ts) }
    }
}

private struct HistoryKey: Hashable {
    let user, ts: Int64
}

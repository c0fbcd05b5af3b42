import Synchronization

extension PostgreSQLStore {
    /// Makes the partitions of the next days if it is time to.
    func extendHistory() async throws(StoreError) {
        let now = now()
        guard partitions.withLock({ $0.isDue(now) }) else { return }
        let starts = HistoryPartitions.starts(try await believable(now))
        try await write("extend history") { transaction in
            let known = Set(try transaction.lockPartitions().map(\.start))
            for start in starts where !known.contains(start) { transaction.makePartition(start) }
        }
        partitions.withLock { $0.reach(starts.last! + HistoryPartitions.day) }
    }

    /// Drops the days that are over, and hides what is older in the day that is not. Times for which there was
    /// no partition are deleted row by row.
    ///
    /// What it returns for a dropped day is the server's estimate, as soon as it has one.
    func deletePoints(olderThan age: Duration, now: Int64) async throws(StoreError) -> Int {
        let ts = try await believable(now) - age.milliseconds
        try await write("expire history") {
            $0.later(Query("UPDATE history_retention SET since = greatest(since, $1)", .int(ts)))
        }
        var deleted = 0
        while let dropped = try await dropOldestPartition(endingBy: ts) { deleted += dropped }
        while case let count = try await deleteBatch(olderThan: ts), count > 0 { deleted += count }
        return deleted
    }

    /// `now`, or what the database's clock says if that is earlier: what this process does here acts in all, so its own
    /// clock alone must not decide.
    private func believable(_ now: Int64) async throws(StoreError) -> Int64 {
        try await read("read the time") { try $0.run(Query("SELECT least($1, \(Query.now))", .int(now))).first!.int(0) }
    }

    /// Returns how many points it had; `nil` if there was none to drop.
    private func dropOldestPartition(endingBy ts: Int64) async throws(StoreError) -> Int? {
        try await write("expire history", bulk: true) { transaction in
            let old = try transaction.lockPartitions().filter { $0.end <= ts }.min { $0.end < $1.end }
            guard let old else { return nil }
            let points = try old.estimate ?? transaction.count(old)
            transaction.later(Query(once: "DROP TABLE \(old.name)"))
            return points
        }
    }

    private func deleteBatch(olderThan ts: Int64) async throws(StoreError) -> Int {
        try await write("expire history", bulk: true) { transaction in
            try transaction.rows(
                Query(
                    """
                    DELETE FROM history_other WHERE ctid = ANY (ARRAY(
                        SELECT ctid FROM history_other WHERE ts < $1 LIMIT $2::bigint))
                    """, .int(ts), .int(StoreLimits.historyBatch))
            ).changed
        }
    }
}

/// A partition of the history that stands for a day.
private struct HistoryPartition {
    let name: String
    /// Milliseconds since the Unix epoch; the end is not included.
    let start, end: Int64
    /// Rows, if the server has ever counted.
    let estimate: Int?
}

extension Transaction {
    /// Lets nobody else make or drop partitions, and gives up rather than keep everybody waiting for a table.
    fileprivate func lockPartitions() throws -> [HistoryPartition] {
        later(Query("SELECT set_config('lock_timeout', $1, true)", .text("2s")))
        later(AdvisoryLock.partitions.exclusive)
        return try rows(
            Query(
                """
                SELECT relname, bounds[1], bounds[2], reltuples::bigint FROM pg_inherits
                    JOIN pg_class ON pg_class.oid = inhrelid
                    CROSS JOIN LATERAL regexp_match(
                        pg_get_expr(relpartbound, pg_class.oid), 'FROM \\(''(-?\\d+)''\\) TO \\(''(-?\\d+)''\\)') AS bounds
                WHERE inhparent = 'history'::regclass AND bounds IS NOT NULL
                """)
        ).map { row in
            HistoryPartition(
                name: row.text(0), start: row.int(1), end: row.int(2),
                estimate: row.int(3) < 0 ? nil : Int(row.int(3)))
        }
    }

    fileprivate func count(_ partition: HistoryPartition) throws -> Int {
        Int(try rows(Query(once: "SELECT count(*) FROM \(partition.name)")).first!.int(0))
    }

    /// Beside the table first, and then attached, which lets everybody else go on. Points of that day that came
    /// before it had a partition move.
    fileprivate func makePartition(_ start: Int64) {
        let name = HistoryPartitions.name(start)
        let end = start + HistoryPartitions.day
        for sql in [
            "CREATE TABLE \(name) (LIKE history INCLUDING ALL)",
            "LOCK TABLE history_other IN ACCESS EXCLUSIVE MODE",
            """
            WITH moved AS (DELETE FROM history_other WHERE ts >= \(start) AND ts < \(end) RETURNING *)
            INSERT INTO \(name) SELECT * FROM moved
            """,
            "ALTER TABLE history ATTACH PARTITION \(name) FOR VALUES FROM (\(start)) TO (\(end))",
        ] {
            later(Query(once: sql))
        }
    }
}

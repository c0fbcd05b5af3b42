import Channels

extension PostgreSQLStore {
    func importFriendships(_ pairs: [Friendship]) async throws(StoreError) -> ImportSummary {
        var summary = ImportSummary()
        for start in stride(from: 0, to: pairs.count, by: Self.importBatch) {
            let batch = Array(pairs[start..<min(start + Self.importBatch, pairs.count)])
            let part = try await write("import friendships", bulk: true) { try $0.importFriendships(batch) }
            summary.created += part.created
            summary.existed += part.existed
            summary.refused += part.refused
            summary.usersCreated += part.usersCreated
        }
        return summary
    }
}

extension Transaction {
    /// Looks everybody up once, decides pair by pair, and writes all at once.
    fileprivate func importFriendships(_ pairs: [Friendship]) throws -> ImportSummary {
        let meant = pairs.filter { $0.a != $0.b }
        let ids = Set(meant.lazy.flatMap { [$0.a, $0.b] })
        let (held, answers) = try lock(ids, and: [Self.existing(meant)])
        let existing = try answers[0].map { Friendship(try $0.userID(0), try $0.userID(1)) }
        var decision = ImportDecision(users: held, existing: existing)
        for pair in pairs { decision.add(pair) }
        let users = try require(decision.newcomers, active: Set(decision.newcomers), held: held)
        write(decision.accepted.map { (users[$0.a]!, users[$0.b]!) })
        return decision.summary
    }

    /// Those of the pairs that are friends.
    private static func existing(_ pairs: [Friendship]) -> Query {
        Query(
            """
            SELECT pair.a, pair.b FROM unnest($1::text[], $2::text[]) AS pair (a, b)
                JOIN users AS one ON one.id = pair.a JOIN users AS other ON other.id = pair.b
                JOIN friendships ON friendships.user_number = one.number AND friend = other.number
            """, .ids(pairs.map(\.a)), .ids(pairs.map(\.b)))
    }

    /// In the order of the keys, which touches every page once.
    private func write(_ pairs: [(HeldUser, HeldUser)]) {
        if pairs.isEmpty { return }
        let rows = pairs.flatMap { [($0.number, $1.number), ($1.number, $0.number)] }.sorted(by: <)
        let sides: [QueryParameter] = [.ints(rows.map(\.0)), .ints(rows.map(\.1))]
        for sql in [
            "INSERT INTO friendships (user_number, friend) SELECT * FROM unnest($1::bigint[], $2::bigint[])",
            """
            DELETE FROM requests_received USING unnest($1::bigint[], $2::bigint[]) AS pair (a, b)
            WHERE user_number = pair.a AND asker = pair.b
            """,
            """
            DELETE FROM requests_made USING unnest($1::bigint[], $2::bigint[]) AS pair (a, b)
            WHERE user_number = pair.a AND target = pair.b
            """,
            """
            UPDATE users SET friends = friends + new.count, \(Self.markChanged)
            FROM (SELECT a, count(*) FROM unnest($1::bigint[], $2::bigint[]) AS pair (a, b) GROUP BY a) AS new
            WHERE number = new.a
            """,
        ] {
            later(Query(sql, sides[0], sides[1]))
        }
        announce(Set(pairs.flatMap { [$0.0.id, $0.1.id] }))
    }
}

import Channels

extension PostgreSQLStore {
    func request(from asker: UserID, to target: UserID) async throws(StoreError) -> RequestOutcome {
        guard asker != target else { throw StoreError(.invalid, "request to oneself") }
        return try await write("request") { transaction in
            let held = try transaction.lock([asker, target])
            let users = try transaction.require([asker, target], active: [asker], held: held)
            return try transaction.request(from: users[asker]!, to: users[target]!)
        }
    }

    func removeRequest(from asker: UserID, to target: UserID) async throws(StoreError) -> Bool {
        try await write("remove request") { transaction in
            let held = try transaction.lock([asker, target])
            guard let asker = held[asker], let target = held[target] else { return false }
            transaction.later(
                Query(
                    "DELETE FROM requests_made WHERE user_number = $1 AND target = $2", .int(asker.number),
                    .int(target.number)))
            return try transaction.rows(
                Query(
                    "DELETE FROM requests_received WHERE user_number = $2 AND asker = $1", .int(asker.number),
                    .int(target.number))
            ).changed > 0
        }
    }
}

extension Transaction {
    /// What stands between two users, each fact from the side of one of them.
    private struct Relation {
        let areFriends, isBlocked, isAskedBack: Bool
        /// Requests that the asker made to others.
        let pending: Int
    }

    fileprivate func request(from asker: HeldUser, to target: HeldUser) throws -> RequestOutcome {
        let relation = try relation(of: asker, to: target)
        if relation.areFriends { return .alreadyFriends }
        try asker.requireRoom()
        let hidden = target.standing == .erased || relation.isBlocked
        if !hidden, relation.isAskedBack {
            try target.requireRoom()
            link(asker, target)
            return .accepted
        }
        guard relation.pending < StoreLimits.maximumRequests else { throw StoreError(.tooManyRequests, "request") }
        insertRequest(from: asker, to: target, hidden: hidden)
        return .requested
    }

    private func relation(of asker: HeldUser, to target: HeldUser) throws -> Relation {
        let row = try rows(
            Query(
                """
                SELECT EXISTS (SELECT 1 FROM friendships WHERE user_number = $1 AND friend = $2),
                    EXISTS (SELECT 1 FROM blocks WHERE user_number = $1 AND blocked = $2)
                        OR EXISTS (SELECT 1 FROM blocks_received WHERE user_number = $1 AND blocker = $2),
                    EXISTS (SELECT 1 FROM requests_received
                        WHERE user_number = $1 AND asker = $2 AND NOT hidden),
                    (SELECT count(*) FROM requests_made WHERE user_number = $1 AND target <> $2)
                """, .int(asker.number), .int(target.number))
        ).first!
        return Relation(
            areFriends: row.flag(0), isBlocked: row.flag(1), isAskedBack: row.flag(2), pending: Int(row.int(3)))
    }

    private func insertRequest(from asker: HeldUser, to target: HeldUser, hidden: Bool) {
        later(
            Query(
                """
                INSERT INTO requests_received (user_number, asker, hidden) VALUES ($1, $2, $3)
                ON CONFLICT (user_number, asker) DO UPDATE SET hidden = excluded.hidden
                """, .int(target.number), .int(asker.number), .flag(hidden)))
        later(
            Query(
                "INSERT INTO requests_made (user_number, target) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                .int(asker.number), .int(target.number)))
    }
}

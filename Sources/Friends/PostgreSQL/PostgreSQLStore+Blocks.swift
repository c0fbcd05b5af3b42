import Channels

extension PostgreSQLStore: BlockStore {
    func block(_ blocked: UserID, by blocker: UserID, as naming: Naming, now: Int64)
        async throws(StoreError) -> Bool
    {
        guard blocked != blocker else { throw StoreError(.invalid, "block oneself") }
        return try await write("block") { transaction in
            let held = try transaction.lock([blocker, blocked])
            let users = try transaction.require([blocker, blocked], active: [blocker], held: held)
            return try transaction.block(users[blocked]!, by: users[blocker]!, as: naming, now: now)
        }
    }

    func unblock(_ target: BlockTarget, by blocker: UserID) async throws(StoreError) -> UserID? {
        try await write("unblock") { transaction in
            // Whom it is about is found first, so that both can be held in order.
            guard let (blocked, sid) = try transaction.find(target, by: blocker) else { return nil }
            let held = try transaction.lock([blocker, blocked])
            guard let blocker = held[blocker], let user = held[blocked] else { return nil }
            return try transaction.unblock(user, sid: sid, by: blocker) ? blocked : nil
        }
    }

    func blocks(by blocker: UserID) async throws(StoreError) -> [Block] {
        try await read("blocks") { try $0.run(.blocks(by: blocker)).map { try $0.block() } }
    }

    func isBlocked(_ a: UserID, _ b: UserID) async throws(StoreError) -> Bool {
        try await read("is blocked") { connection in
            try !connection.run(
                Query(
                    """
                    SELECT 1 FROM users AS one, users AS other WHERE one.id = $1 AND other.id = $2 AND (
                        EXISTS (SELECT 1 FROM blocks WHERE user_number = one.number AND blocked = other.number)
                        OR EXISTS (SELECT 1 FROM blocks_received
                            WHERE user_number = one.number AND blocker = other.number))
                    """, .id(a), .id(b))
            ).isEmpty
        }
    }
}

extension Query {
    /// Oldest first. The columns are those of ``ResultRow/block()``.
    static func blocks(by blocker: UserID) -> Query {
        Query(
            """
            SELECT blocks.id, CASE blocks.sid WHEN '' THEN users.id END, blocks.since
            FROM blocks JOIN users ON users.number = blocks.blocked
            WHERE blocks.user_number = \(numberOfFirst) ORDER BY blocks.since, blocks.id
            """, .id(blocker))
    }
}

extension ResultRow {
    func block() throws(StoreError) -> Block {
        guard let id = BlockID(text(0)) else { throw StoreError(.unavailable, "a stored block is damaged") }
        return Block(id: id, user: try userIDIfAny(1), since: int(2))
    }
}

extension Transaction {
    fileprivate func block(
        _ blocked: HeldUser, by blocker: HeldUser, as naming: Naming, now: Int64
    ) throws -> Bool {
        let numbers: [QueryParameter] = [.int(blocker.number), .int(blocked.number)]
        let inserted = try rows([
            Query(
                """
                INSERT INTO blocks (user_number, blocked, sid, id, since) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (user_number, blocked, sid) DO NOTHING
                """, numbers[0], numbers[1], .text(naming.sid ?? ""), .text(BlockID.random().string), .int(now)),
            Query("SELECT count(*) FROM blocks WHERE user_number = $1", numbers[0]),
        ])
        guard inserted[0].changed > 0 else { return false }
        guard inserted[1].first!.int(0) <= StoreLimits.maximumBlocks else {
            throw StoreError(.tooManyBlocks, "block")
        }
        later(
            Query(
                "INSERT INTO blocks_received (user_number, blocker, sid) VALUES ($2, $1, $3)", numbers[0],
                numbers[1], .text(naming.sid ?? "")))
        later(
            Query(
                """
                UPDATE requests_received SET hidden = true
                WHERE (user_number, asker) IN (($1, $2), ($2, $1))
                """, numbers[0], numbers[1]))
        mark(blocker, blocked)
        return true
    }

    /// Whom a block is about and the pseudonym it was made by, empty for none.
    fileprivate func find(_ target: BlockTarget, by blocker: UserID) throws -> (UserID, sid: String)? {
        let (condition, argument): (String, QueryParameter) =
            switch target {
            case .user(let user): ("users.id = $2 AND blocks.sid = ''", .id(user))
            case .block(let id): ("blocks.id = $2", .text(id.string))
            }
        return try rows(
            Query(
                """
                SELECT users.id, blocks.sid FROM blocks JOIN users ON users.number = blocks.blocked
                WHERE blocks.user_number = \(Query.numberOfFirst) AND \(condition)
                """, .id(blocker), argument)
        ).first.map { (try $0.userID(0), $0.text(1)) }
    }

    fileprivate func unblock(_ blocked: HeldUser, sid: String, by blocker: HeldUser) throws -> Bool {
        later(
            Query(
                "DELETE FROM blocks_received WHERE user_number = $2 AND blocker = $1 AND sid = $3",
                .int(blocker.number), .int(blocked.number), .text(sid)))
        let lifted = try rows(
            Query(
                "DELETE FROM blocks WHERE user_number = $1 AND blocked = $2 AND sid = $3", .int(blocker.number),
                .int(blocked.number), .text(sid)))
        guard lifted.changed > 0 else { return false }
        mark(blocker, blocked)
        return true
    }

    private func mark(_ a: HeldUser, _ b: HeldUser) {
        later(
            Query("UPDATE users SET \(Self.markChanged) WHERE number IN ($1, $2)", .int(a.number), .int(b.number)))
        announce([a.id, b.id])
    }
}

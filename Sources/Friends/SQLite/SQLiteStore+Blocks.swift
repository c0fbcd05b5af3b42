import Channels
import GRDB

extension SQLiteStore: BlockStore {
    func block(_ blocked: UserID, by blocker: UserID, as naming: Naming, now: Int64)
        async throws(StoreError) -> Bool
    {
        guard blocked != blocker else { throw StoreError(.invalid, "block oneself") }
        return try await write("block", .power) { database in
            let blocker = try database.activate(blocker)
            return try database.block(database.reserve(blocked), by: blocker, as: naming, now: now)
        }
    }

    func unblock(_ target: BlockTarget, by blocker: UserID) async throws(StoreError) -> UserID? {
        try await write("unblock") { database in
            guard let blocker = try database.number(of: blocker) else { return nil }
            switch target {
            case .user(let user): return try database.unblock(user, by: blocker)
            case .block(let id): return try database.unblock(id, by: blocker)
            }
        }
    }

    func blocks(by blocker: UserID) async throws(StoreError) -> [Block] {
        try await read("blocks") { database in
            try database.number(of: blocker).map { try database.blocks(by: $0) } ?? []
        }
    }

    func isBlocked(_ a: UserID, _ b: UserID) async throws(StoreError) -> Bool {
        try await read("is blocked") { database in
            guard let a = try database.number(of: a), let b = try database.number(of: b) else {
                return false
            }
            return try database.isBlocked(a, b)
        }
    }
}

extension Database {
    func isBlocked(_ a: Int64, _ b: Int64) throws -> Bool {
        try exists(
            """
            SELECT 1 FROM blocks WHERE blocker = ?1 AND blocked = ?2
            UNION ALL SELECT 1 FROM blocks WHERE blocker = ?2 AND blocked = ?1
            """, [a, b])
    }

    func blocks(by blocker: Int64) throws -> [Block] {
        try all(
            """
            SELECT blocks.id, CASE blocks.sid WHEN '' THEN users.id END, blocks.since
            FROM blocks JOIN users ON users.number = blocks.blocked
            WHERE blocks.blocker = ? ORDER BY blocks.since, blocks.id
            """, [blocker]
        ) { row in
            guard let id = BlockID(row[0] as String) else {
                throw StoreError(.unavailable, "a stored block is damaged")
            }
            return Block(id: id, user: try row.userIDIfAny(1), since: row[2])
        }
    }

    fileprivate func block(
        _ blocked: Int64, by blocker: Int64, as naming: Naming, now: Int64
    ) throws -> Bool {
        let inserted = try run(
            """
            INSERT INTO blocks (blocker, blocked, sid, id, since) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (blocker, blocked, sid) DO NOTHING
            """, [blocker, blocked, naming.sid ?? "", BlockID.random().string, now])
        guard inserted > 0 else { return false }
        let made = try first("SELECT count(*) FROM blocks WHERE blocker = ?", [blocker]) { $0[0] as Int }
        guard made ?? 0 <= StoreLimits.maximumBlocks else { throw StoreError(.tooManyBlocks, "block") }
        let hide = "UPDATE requests SET hidden = 1 WHERE target = ? AND asker = ?"
        try run(hide, [blocker, blocked])
        try run(hide, [blocked, blocker])
        return true
    }

    fileprivate func unblock(_ user: UserID, by blocker: Int64) throws -> UserID? {
        guard let number = try number(of: user) else { return nil }
        let lifted = try run(
            "DELETE FROM blocks WHERE blocker = ? AND blocked = ? AND sid = ''", [blocker, number])
        return lifted > 0 ? user : nil
    }

    fileprivate func unblock(_ id: BlockID, by blocker: Int64) throws -> UserID? {
        let user = try first(
            """
            SELECT users.id FROM blocks JOIN users ON users.number = blocks.blocked
            WHERE blocks.id = ? AND blocks.blocker = ?
            """, [id.string, blocker]
        ) { try $0.userID(0) }
        try run("DELETE FROM blocks WHERE id = ? AND blocker = ?", [id.string, blocker])
        return user
    }
}

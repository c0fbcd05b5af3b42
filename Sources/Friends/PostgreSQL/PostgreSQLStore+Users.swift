import Channels

extension PostgreSQLStore: UserStore {
    func ensure(_ id: UserID) async throws(StoreError) -> User {
        if let found = try await user(id) {
            guard !found.isErased else { throw StoreError(.erased, "user") }
            return found
        }
        return try await write("ensure") { transaction in
            let number = try transaction.activate(id).number
            return try transaction.rows(.user(number: number)).first!.user()
        }
    }

    func user(_ id: UserID) async throws(StoreError) -> User? {
        try await read("user") { try $0.run(.user(id)).first?.user() }
    }

    func user(number: Int64) async throws(StoreError) -> User? {
        try await read("user by number") { try $0.run(.user(number: number)).first?.user() }
    }

    func users(_ ids: [UserID]) async throws(StoreError) -> [User] {
        try await read("users") { connection in
            let query = Query(
                """
                SELECT \(ResultRow.userColumns) FROM users WHERE standing = \(Standing.active.rawValue)
                    AND id = ANY($1::text[])
                """, .ids(ids))
            let byID = try connection.run(query).map { try $0.user() }.map { ($0.id, $0) }
            let users = Dictionary(byID, uniquingKeysWith: { first, _ in first })
            return ids.compactMap { users[$0] }
        }
    }

    func setSharing(_ sharing: Bool, of id: UserID) async throws(StoreError) -> UInt32 {
        try await write("set sharing") { transaction in
            let user = try transaction.active(id)
            let raised = try transaction.rows(
                Query(
                    """
                    UPDATE users SET sharing = $2, epoch = epoch + 1, \(Transaction.markChanged)
                    WHERE number = $1 AND sharing <> $2 RETURNING epoch
                    """, .int(user.number), .flag(sharing)))
            if let row = raised.first {
                transaction.announce([id])
                return row.epoch(0)
            }
            return try transaction.rows(.user(number: user.number)).first!.user().epoch
        }
    }

    func raiseEpoch(of id: UserID, above floor: UInt32) async throws(StoreError) -> UInt32 {
        try await write("raise epoch") { transaction in
            let user = try transaction.active(id)
            transaction.announce([id])
            return try transaction.rows(
                Query(
                    """
                    UPDATE users SET epoch = least(greatest(epoch, $2) + 1, $3), \(Transaction.markChanged)
                    WHERE number = $1 RETURNING epoch
                    """, .int(user.number), .int(floor), .int(UInt32.max))
            ).first!.epoch(0)
        }
    }
}

extension Query {
    static func user(_ id: UserID) -> Query {
        Query(
            """
            SELECT \(ResultRow.userColumns) FROM users
            WHERE id = $1 AND standing <> \(Standing.reserved.rawValue)
            """, .id(id))
    }

    static func user(number: Int64) -> Query {
        Query(
            """
            SELECT \(ResultRow.userColumns) FROM users
            WHERE number = $1 AND standing <> \(Standing.reserved.rawValue)
            """, .int(number))
    }

    /// The number of the user whose id is `$1`.
    static let numberOfFirst = "(SELECT number FROM users WHERE id = $1)"
}

import Channels

extension PostgreSQLStore {
    func account(of id: UserID) async throws(StoreError) -> Account {
        if let found = try await readAccount(of: id) { return found }
        _ = try await ensure(id)
        guard let made = try await readAccount(of: id) else {
            throw StoreError(.unavailable, "account: a user that was made is missing")
        }
        return made
    }

    /// `nil` if the user was never used. Throws `erased`.
    private func readAccount(of id: UserID) async throws(StoreError) -> Account? {
        try await snapshot("account") { [unreadable] transaction in
            let answers = try transaction.rows([.user(id), .friends(of: [id]), .blocked(with: [id])])
            guard let user = try answers[0].first?.user() else { return nil }
            if user.isErased { throw StoreError(.erased, "user") }
            return AccountRows(answers[1], answers[2], unreadable).account(of: user)
        }
    }

    func accounts(of ids: [UserID]) async throws(StoreError) -> [Account] {
        try await snapshot("accounts") { [unreadable] transaction in
            let answers = try transaction.rows([.standing(of: ids), .friends(of: ids), .blocked(with: ids)])
            let users = answers[0].readable(unreadable) { row throws(StoreError) in try row.user() }
            let rows = AccountRows(answers[1], answers[2], unreadable)
            return users.filter { !$0.isErased }.map(rows.account)
        }
    }

    /// Those of `ids` that are active or erased, and can be read.
    func standing(of ids: [UserID]) async throws(StoreError) -> [CommonUser] {
        try await read("users") { [unreadable] connection in
            try connection.run(.standing(of: ids)).readable(unreadable) { row throws(StoreError) in
                CommonUser(user: try row.user(), erasedEpoch: row.epoch(ResultRow.userColumnCount))
            }
        }
    }
}

/// What belongs to several accounts, by the number of their users.
private struct AccountRows {
    private var friends: [Int64: [User]] = [:]
    private var blocked: [Int64: [UserID]] = [:]

    /// A friend who cannot be read is shown to nobody, and an id that is none can have no session to be hidden from.
    init(_ friends: ResultRows, _ blocked: ResultRows, _ unreadable: UnreadableRows) {
        for (owner, friend) in friends.readable(
            unreadable, { row throws(StoreError) in (row.int(ResultRow.userColumnCount), try row.user()) })
        {
            self.friends[owner, default: []].append(friend)
        }
        for (owner, other) in blocked.readable(
            unreadable, { row throws(StoreError) in (row.int(1), try row.userID(0)) })
        {
            self.blocked[owner, default: []].append(other)
        }
    }

    func account(of user: User) -> Account {
        Account(user: user, friends: friends[user.number] ?? [], blocked: blocked[user.number] ?? [])
    }
}

extension Query {
    /// The numbers of the users whose ids are `$1`.
    private static let numbers = "ARRAY(SELECT number FROM users WHERE id = ANY($1::text[]))"

    fileprivate static func standing(of ids: [UserID]) -> Query {
        Query(
            """
            SELECT \(ResultRow.userColumns), erased_epoch FROM users
            WHERE id = ANY($1::text[]) AND standing <> \(Standing.reserved.rawValue)
            """, .ids(ids))
    }

    /// And, behind the columns of the friend, whose friend it is.
    fileprivate static func friends(of ids: [UserID]) -> Query {
        Query(
            """
            SELECT \(ResultRow.userColumns), user_number FROM friendships JOIN users ON users.number = friend
            WHERE user_number = ANY(\(numbers))
            ORDER BY user_number, friend
            """, .ids(ids))
    }

    /// And who blocked or was blocked.
    fileprivate static func blocked(with ids: [UserID]) -> Query {
        Query(
            """
            SELECT id, user_number FROM (
                SELECT user_number, blocked AS other FROM blocks WHERE user_number = ANY(\(numbers))
                UNION SELECT user_number, blocker FROM blocks_received WHERE user_number = ANY(\(numbers))
            ) AS pairs JOIN users ON number = other
            ORDER BY user_number, id
            """, .ids(ids))
    }
}

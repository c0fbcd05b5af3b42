import Channels

extension PostgreSQLStore: FriendshipStore {
    func befriend(_ a: UserID, _ b: UserID) async throws(StoreError) -> Bool {
        guard a != b else { throw StoreError(.invalid, "befriend oneself") }
        return try await write("befriend") { transaction in
            let (held, answers) = try transaction.lock([a, b], and: [.areFriends(a, b)])
            if held.values.contains(where: { $0.standing == .erased }) { throw StoreError(.erased, "befriend") }
            if !answers[0].isEmpty { return false }
            for user in held.values { try user.requireRoom() }
            let users = try transaction.require([a, b], active: [a, b], held: held)
            transaction.link(users[a]!, users[b]!)
            return true
        }
    }

    func unfriend(_ a: UserID, _ b: UserID) async throws(StoreError) -> Bool {
        try await write("unfriend") { transaction in
            let (held, answers) = try transaction.lock([a, b], and: [.areFriends(a, b)])
            guard let a = held[a], let b = held[b], !answers[0].isEmpty else { return false }
            transaction.unlink(a, b)
            return true
        }
    }

    func areFriends(_ a: UserID, _ b: UserID) async throws(StoreError) -> Bool {
        try await read("are friends") { try !$0.run(.areFriends(a, b)).isEmpty }
    }

    func friends(of id: UserID, limit: Int, after: UserID?) async throws(StoreError) -> Page<User> {
        try await page("friends", limit: limit) {
            Query(
                """
                SELECT \(ResultRow.userColumns) FROM friendships JOIN users ON users.number = friendships.friend
                WHERE friendships.user_number = \(Query.numberOfFirst) AND users.id > $2
                ORDER BY users.id LIMIT $3::bigint
                """, .id(id), .text(after?.string ?? ""), .int(limit + 1))
        }
    }

    func incomingRequests(of id: UserID, limit: Int, after: UserID?)
        async throws(StoreError) -> Page<User>
    {
        try await page("incoming requests", limit: limit) {
            Query(
                """
                SELECT \(ResultRow.userColumns) FROM requests_received JOIN users ON users.number = asker
                WHERE requests_received.user_number = \(Query.numberOfFirst) AND NOT hidden AND users.id > $2
                ORDER BY users.id LIMIT $3::bigint
                """, .id(id), .text(after?.string ?? ""), .int(limit + 1))
        }
    }

    /// Every id sorts behind the empty text.
    private func page(
        _ operation: String, limit: Int, _ query: @escaping @Sendable () -> Query
    ) async throws(StoreError) -> Page<User> {
        try await read(operation) { connection in
            Page(try connection.run(query()).map { try $0.user() }, limit: limit)
        }
    }
}

extension HeldUser {
    func requireRoom() throws(StoreError) {
        guard friends < StoreLimits.maximumFriends else { throw StoreError(.tooManyFriends, "befriend") }
    }
}

extension Query {
    /// A row if they are.
    static func areFriends(_ a: UserID, _ b: UserID) -> Query {
        Query(
            """
            SELECT 1 FROM friendships WHERE user_number = \(Query.numberOfFirst)
                AND friend = (SELECT number FROM users WHERE id = $2)
            """, .id(a), .id(b))
    }
}

extension Transaction {
    /// Both directions, and no request between the two is left.
    func link(_ a: HeldUser, _ b: HeldUser) {
        later(
            Query(
                "INSERT INTO friendships (user_number, friend) VALUES ($1, $2), ($2, $1)", .int(a.number),
                .int(b.number)))
        removeRequests(between: a, b)
        count(1, a, b)
    }

    func unlink(_ a: HeldUser, _ b: HeldUser) {
        later(
            Query(
                "DELETE FROM friendships WHERE (user_number, friend) IN (($1, $2), ($2, $1))", .int(a.number),
                .int(b.number)))
        count(-1, a, b)
    }

    private func count(_ friends: Int, _ a: HeldUser, _ b: HeldUser) {
        later(
            Query(
                "UPDATE users SET friends = friends + $3::integer, \(Self.markChanged) WHERE number IN ($1, $2)",
                .int(a.number), .int(b.number), .int(friends)))
        announce([a.id, b.id])
    }

    private func removeRequests(between a: HeldUser, _ b: HeldUser) {
        for sql in [
            "DELETE FROM requests_received WHERE (user_number, asker) IN (($1, $2), ($2, $1))",
            "DELETE FROM requests_made WHERE (user_number, target) IN (($1, $2), ($2, $1))",
        ] {
            later(Query(sql, .int(a.number), .int(b.number)))
        }
    }
}

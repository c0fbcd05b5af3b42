import Channels

/// A user's row, held by a transaction.
struct HeldUser {
    let id: UserID
    let number: Int64
    var standing: Standing
    var friends: Int
}

/// Looking users up, holding and making them, for all the stores.
extension Transaction {
    /// The users of `ids` that have a number, whose rows nobody else changes until the end of the transaction.
    ///
    /// In the order of the ids, so that two transactions cannot wait for each other.
    func lock(_ ids: some Collection<UserID>) throws -> [UserID: HeldUser] {
        try lock(ids, and: []).users
    }

    /// The same, and what other queries answer after that, in one round trip.
    func lock(
        _ ids: some Collection<UserID>, and queries: [Query]
    ) throws -> (users: [UserID: HeldUser], answers: [ResultRows]) {
        let lock = Query(
            """
            SELECT id, number, standing, friends FROM users WHERE id = ANY($1::text[])
            ORDER BY id FOR NO KEY UPDATE
            """, .ids(ids))
        let answers = try rows([lock] + queries)
        let users = try answers[0].map { row in
            HeldUser(
                id: try row.userID(0), number: row.int(1), standing: try row.standing(2), friends: Int(row.int(3)))
        }
        return (
            Dictionary(users.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
            Array(answers.dropFirst())
        )
    }

    /// Gives numbers to ids that have none, in this order. Throws ``PostgreSQLError/raced`` if another
    /// transaction gave one of them a number first.
    func insert(_ ids: [UserID], _ standing: Standing) throws -> [UserID: HeldUser] {
        if ids.isEmpty { return [:] }
        // Numbers in the order of the list, rows in the order of the ids, so that two transactions that make
        // the same users do not wait for each other.
        let rows = try rows(
            Query(
                """
                WITH numbered AS MATERIALIZED (
                    SELECT nextval('user_numbers') AS number, id
                    FROM (SELECT id FROM unnest($1::text[]) WITH ORDINALITY AS list (id, place) ORDER BY place) AS ids)
                INSERT INTO users (number, id, name, standing)
                SELECT number, id, id, $2::smallint FROM numbered ORDER BY id COLLATE "C"
                ON CONFLICT (id) DO NOTHING RETURNING id, number
                """, .ids(ids), .int(standing.rawValue)))
        guard rows.count == ids.count else { throw PostgreSQLError.raced }
        let users = try rows.map { row in
            HeldUser(id: try row.userID(0), number: row.int(1), standing: standing, friends: 0)
        }
        return Dictionary(users.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Holds all of `ids`; those in `active` become active, the others get a number at least. Throws `erased`
    /// if one that should be active was erased, before anything is made.
    ///
    /// `held` is what ``lock(_:)`` found of them.
    func require(
        _ ids: [UserID], active: Set<UserID>, held: [UserID: HeldUser]
    ) throws -> [UserID: HeldUser] {
        if active.contains(where: { held[$0]?.standing == .erased }) { throw StoreError(.erased, "user") }
        let missing = ids.filter { held[$0] == nil }
        var users = held
        // Together, so that numbers are given in this order.
        users.merge(try insert(missing, .reserved)) { _, new in new }
        let asleep = ids.filter { active.contains($0) && users[$0]?.standing == .reserved }
        if !asleep.isEmpty {
            for id in asleep { users[id]?.standing = .active }
            later(
                Query(
                    "UPDATE users SET standing = $2::smallint WHERE number = ANY($1::bigint[])",
                    .ints(asleep.compactMap { users[$0]?.number }), .int(Standing.active.rawValue)))
        }
        return users
    }

    /// The user, held; made if there is none. Throws `erased`.
    func activate(_ id: UserID) throws -> HeldUser {
        try require([id], active: [id], held: lock([id]))[id]!
    }

    /// An active user, held. Throws `notFound`, `erased`.
    func active(_ id: UserID) throws -> HeldUser {
        guard let user = try lock([id])[id] else { throw StoreError(.notFound, "user") }
        switch user.standing {
        case .active: return user
        case .erased: throw StoreError(.erased, "user")
        case .reserved: throw StoreError(.notFound, "user")
        }
    }
}

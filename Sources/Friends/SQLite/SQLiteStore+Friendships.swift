import Channels
import GRDB

extension SQLiteStore: FriendshipStore {
    func befriend(_ a: UserID, _ b: UserID) async throws(StoreError) -> Bool {
        guard a != b else { throw StoreError(.invalid, "befriend oneself") }
        return try await write("befriend") { database in
            let pair = (try database.activate(a), try database.activate(b))
            if try database.areFriends(pair.0, pair.1) { return false }
            try database.requireRoom(pair.0)
            try database.requireRoom(pair.1)
            try database.link(pair.0, pair.1)
            return true
        }
    }

    func unfriend(_ a: UserID, _ b: UserID) async throws(StoreError) -> Bool {
        try await write("unfriend", .power) { database in
            guard let a = try database.number(of: a), let b = try database.number(of: b) else {
                return false
            }
            let sql = "DELETE FROM friendships WHERE user = ? AND friend = ?"
            return try database.run(sql, [a, b]) + database.run(sql, [b, a]) > 0
        }
    }

    func areFriends(_ a: UserID, _ b: UserID) async throws(StoreError) -> Bool {
        try await read("are friends") { database in
            guard let a = try database.number(of: a), let b = try database.number(of: b) else {
                return false
            }
            return try database.areFriends(a, b)
        }
    }

    func friends(of id: UserID, limit: Int, after: UserID?) async throws(StoreError) -> Page<User> {
        try await page("friends", of: id, limit: limit, after: after) {
            """
            SELECT \(Row.userColumns) FROM friendships JOIN users ON users.number = friendships.friend
            WHERE friendships.user = ? AND users.id > ? ORDER BY users.id LIMIT ?
            """
        }
    }

    func request(from asker: UserID, to target: UserID) async throws(StoreError) -> RequestOutcome {
        guard asker != target else { throw StoreError(.invalid, "request to oneself") }
        return try await write("request") { try $0.request(from: asker, to: target) }
    }

    func removeRequest(from asker: UserID, to target: UserID) async throws(StoreError) -> Bool {
        try await write("remove request") { database in
            guard let asker = try database.number(of: asker), let target = try database.number(of: target)
            else { return false }
            return try database.removeRequest(from: asker, to: target)
        }
    }

    func incomingRequests(of id: UserID, limit: Int, after: UserID?)
        async throws(StoreError) -> Page<User>
    {
        try await page("incoming requests", of: id, limit: limit, after: after) {
            """
            SELECT \(Row.userColumns) FROM requests JOIN users ON users.number = requests.asker
            WHERE requests.target = ? AND NOT requests.hidden AND users.id > ? ORDER BY users.id LIMIT ?
            """
        }
    }

    /// Every id sorts behind the empty string.
    private func page(
        _ operation: String, of id: UserID, limit: Int, after: UserID?,
        sql: @escaping @Sendable () -> String
    ) async throws(StoreError) -> Page<User> {
        try await read(operation) { database in
            guard let number = try database.number(of: id) else { return Page([], limit: limit) }
            let users = try database.all(sql(), [number, after?.string ?? "", limit + 1]) {
                try $0.user()
            }
            return Page(users, limit: limit)
        }
    }
}

extension Database {
    func areFriends(_ a: Int64, _ b: Int64) throws -> Bool {
        try exists("SELECT 1 FROM friendships WHERE user = ? AND friend = ?", [a, b])
    }

    /// At most as many index entries are counted as there may be friends.
    func friendCount(_ number: Int64) throws -> Int {
        try first("SELECT count(*) FROM friendships WHERE user = ?", [number]) { $0[0] } ?? 0
    }

    fileprivate func requireRoom(_ number: Int64) throws {
        guard try friendCount(number) < StoreLimits.maximumFriends else {
            throw StoreError(.tooManyFriends, "befriend")
        }
    }

    /// Both directions, and no request between the two is left.
    fileprivate func link(_ a: Int64, _ b: Int64) throws {
        let sql = "INSERT INTO friendships (user, friend) VALUES (?, ?)"
        try run(sql, [a, b])
        try run(sql, [b, a])
        try removeRequest(from: a, to: b)
        try removeRequest(from: b, to: a)
    }

    fileprivate func request(from asker: UserID, to target: UserID) throws -> RequestOutcome {
        let from = try activate(asker)
        let to = try reserve(target)
        if try areFriends(from, to) { return .alreadyFriends }
        try requireRoom(from)
        let hidden = try isBlocked(from, to) || standing(of: target)?.standing == .erased
        if !hidden, try isRequestShown(from: to, to: from) {
            try requireRoom(to)
            try link(from, to)
            return .accepted
        }
        try insertRequest(from: from, to: to, hidden: hidden)
        return .requested
    }

    private func isRequestShown(from asker: Int64, to target: Int64) throws -> Bool {
        try exists(
            "SELECT 1 FROM requests WHERE target = ? AND asker = ? AND NOT hidden", [target, asker])
    }

    /// Counts after the insertion, so that asking again is never refused.
    private func insertRequest(from asker: Int64, to target: Int64, hidden: Bool) throws {
        try run(
            """
            INSERT INTO requests (target, asker, hidden) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET hidden = excluded.hidden
            """, [target, asker, hidden])
        let pending = try first("SELECT count(*) FROM requests WHERE asker = ?", [asker]) { $0[0] as Int }
        guard pending ?? 0 <= StoreLimits.maximumRequests else {
            throw StoreError(.tooManyRequests, "request")
        }
    }

    @discardableResult
    func removeRequest(from asker: Int64, to target: Int64) throws -> Bool {
        try run("DELETE FROM requests WHERE target = ? AND asker = ?", [target, asker]) > 0
    }
}

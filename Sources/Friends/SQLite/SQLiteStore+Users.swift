import Channels
import GRDB

extension SQLiteStore: UserStore {
    func ensure(_ id: UserID) async throws(StoreError) -> User {
        if let found = try await user(id) {
            guard !found.isErased else { throw StoreError(.erased, "user") }
            return found
        }
        return try await write("ensure") { database in
            let number = try database.activate(id)
            return try database.user(number: number)!
        }
    }

    func put(_ profile: Profile) async throws(StoreError) -> Bool {
        try await write("put") { try $0.put(profile) }
    }

    func put(_ profiles: [Profile]) async throws(StoreError) -> Int {
        var created = 0
        for start in stride(from: 0, to: profiles.count, by: StoreLimits.importBatch) {
            let batch = profiles[start..<min(start + StoreLimits.importBatch, profiles.count)]
            created += try await write("put many") { database in
                try batch.count { try database.put($0) }
            }
        }
        return created
    }

    func user(_ id: UserID) async throws(StoreError) -> User? {
        try await read("user") { try $0.user(id) }
    }

    func user(number: Int64) async throws(StoreError) -> User? {
        try await read("user by number") { try $0.user(number: number) }
    }

    func users(_ ids: [UserID]) async throws(StoreError) -> [User] {
        try await read("users") { database in
            let found = try database.all(Database.selectActive, of: ids) { try $0.user() }
            let byID = Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            return ids.compactMap { byID[$0] }
        }
    }

    func setSharing(_ sharing: Bool, of id: UserID) async throws(StoreError) -> UInt32 {
        try await write("set sharing", sharing ? .process : .power) { database in
            let number = try database.activeNumber(of: id)
            try database.run(
                "UPDATE users SET sharing = ?1, epoch = epoch + 1 WHERE number = ?2 AND sharing <> ?1",
                [sharing, number])
            return try database.user(number: number)!.epoch
        }
    }

    func raiseEpoch(of id: UserID, above floor: UInt32) async throws(StoreError) -> UInt32 {
        try await write("raise epoch") { database in
            let number = try database.activeNumber(of: id)
            try database.run(
                "UPDATE users SET epoch = min(max(epoch, ?) + 1, ?) WHERE number = ?", [floor, UInt32.max, number])
            return try database.user(number: number)!.epoch
        }
    }

    func erase(_ id: UserID) async throws(StoreError) -> UInt32? {
        try await write("erase", .power, scrub: true) { database in
            guard case (let number, .active)? = try database.standing(of: id) else { return nil }
            try database.erase(number)
            return try database.user(number: number)!.epoch
        }
    }

    func account(of id: UserID) async throws(StoreError) -> Account {
        let found = try await read("account") { try $0.account(of: id) }
        if let found { return found }
        return try await write("account") { database in
            _ = try database.activate(id)
            return try database.account(of: id)!
        }
    }

    func export(_ id: UserID) async throws(StoreError) -> UserExport {
        try await read("export") { try $0.export(id) }
    }
}

extension Database {
    fileprivate static let selectActive = """
        SELECT \(Row.userColumns) FROM users WHERE standing = \(Standing.active.rawValue) AND id IN
        """

    fileprivate func user(_ id: UserID) throws -> User? {
        try first(
            "SELECT \(Row.userColumns) FROM users WHERE id = ? AND standing <> ?",
            [id.string, Standing.reserved.rawValue]
        ) { try $0.user() }
    }

    fileprivate func user(number: Int64) throws -> User? {
        try first(
            "SELECT \(Row.userColumns) FROM users WHERE number = ? AND standing <> ?",
            [number, Standing.reserved.rawValue]
        ) { try $0.user() }
    }

    /// Creates, renames or brings back, and tells whether it was not a mere renaming.
    fileprivate func put(_ profile: Profile) throws -> Bool {
        let before = try standing(of: profile.id)
        let number = try before?.number ?? reserve(profile.id)
        try run(
            """
            UPDATE users SET name = ?2, avatar_url = ?3, standing = ?4,
                sharing = CASE standing WHEN ?5 THEN 1 ELSE sharing END,
                epoch = epoch + CASE standing WHEN ?5 THEN 1 ELSE 0 END
            WHERE number = ?1
            """,
            [
                number, profile.name, profile.avatarURL, Standing.active.rawValue,
                Standing.erased.rawValue,
            ])
        return before?.standing != .active
    }

    /// Leaves the tombstone.
    fileprivate func erase(_ number: Int64) throws {
        try run("DELETE FROM friendships WHERE friend = ?1 AND user IN \(Self.friendsOf)", [number])
        for sql in [
            "DELETE FROM friendships WHERE user = ?",
            "DELETE FROM requests WHERE target = ?",
            "DELETE FROM requests WHERE asker = ?",
            "DELETE FROM blocks WHERE blocker = ?",
            "UPDATE reports SET reporter = NULL WHERE reporter = ?",
            "DELETE FROM locations WHERE user = ?",
            "DELETE FROM history WHERE user = ?",
        ] {
            try run(sql, [number])
        }
        try run(
            """
            UPDATE users SET standing = ?2, name = '', avatar_url = NULL, sharing = 0, epoch = epoch + 1
            WHERE number = ?1
            """, [number, Standing.erased.rawValue])
    }

    /// The friendships' key begins with the user, so that the other direction is found through the friends.
    private static let friendsOf = "(SELECT friend FROM friendships WHERE user = ?1)"

    /// `nil` if the user was never used. Throws `erased`.
    fileprivate func account(of id: UserID) throws -> Account? {
        guard let user = try user(id) else { return nil }
        if user.isErased { throw StoreError(.erased, "user") }
        return Account(
            user: user, friends: try friends(of: user.number), blocked: try blocked(with: user.number))
    }

    private func friends(of number: Int64) throws -> [User] {
        try all(
            """
            SELECT \(Row.userColumns) FROM friendships JOIN users ON users.number = friendships.friend
            WHERE friendships.user = ? ORDER BY friendships.friend
            """, [number]
        ) { try $0.user() }
    }

    private func blocked(with number: Int64) throws -> [UserID] {
        try all(
            """
            SELECT id FROM users WHERE number IN (
                SELECT blocked FROM blocks WHERE blocker = ?1
                UNION SELECT blocker FROM blocks WHERE blocked = ?1)
            ORDER BY id
            """, [number]
        ) { try $0.userID(0) }
    }
}

import Channels

extension PostgreSQLStore {
    func erase(_ id: UserID) async throws(StoreError) -> UInt32? {
        try await write("erase", bulk: true) { transaction in
            guard let user = try transaction.lockWithFriends(id), user.standing == .active else { return nil }
            transaction.eraseAll(of: user.number)
            transaction.announce([id])
            return try transaction.rows(
                Query(
                    """
                    UPDATE users SET standing = $2::smallint, name = '', avatar_url = NULL, sharing = false,
                        friends = 0, epoch = epoch + 1, erased_epoch = epoch + 1, \(Transaction.forget),
                        \(Transaction.markChanged)
                    WHERE number = $1 RETURNING epoch
                    """, .int(user.number), .int(Standing.erased.rawValue))
            ).first!.epoch(0)
        }
    }
}

extension Transaction {
    /// The user, held with all its friends, whose counts go down. Throws ``PostgreSQLError/raced`` if one of
    /// them came in between.
    fileprivate func lockWithFriends(_ id: UserID) throws -> HeldUser? {
        let friends = Query(
            """
            SELECT users.id FROM friendships JOIN users ON users.number = friendships.friend
            WHERE friendships.user_number = \(Query.numberOfFirst)
            """, .id(id))
        later(AdvisoryLock.locations.exclusive)
        let before = try rows(friends).map { try $0.userID(0) }
        let (held, answers) = try lock([id] + before, and: [friends])
        guard try answers[0].map({ try $0.userID(0) }).allSatisfy({ held[$0] != nil }) else {
            throw PostgreSQLError.raced
        }
        return held[id]
    }

    /// Also what is on the other side of it.
    fileprivate func eraseAll(of user: Int64) {
        for sql in [
            """
            UPDATE users SET friends = friends - 1
            WHERE number IN (SELECT friend FROM friendships WHERE user_number = $1)
            """,
            """
            DELETE FROM friendships WHERE friend = $1
                AND user_number IN (SELECT friend FROM friendships WHERE user_number = $1)
            """,
            "DELETE FROM friendships WHERE user_number = $1",
            """
            DELETE FROM requests_made WHERE target = $1
                AND user_number IN (SELECT asker FROM requests_received WHERE user_number = $1)
            """,
            "DELETE FROM requests_received WHERE user_number = $1",
            """
            DELETE FROM requests_received WHERE asker = $1
                AND user_number IN (SELECT target FROM requests_made WHERE user_number = $1)
            """,
            "DELETE FROM requests_made WHERE user_number = $1",
            """
            DELETE FROM blocks_received WHERE blocker = $1
                AND user_number IN (SELECT blocked FROM blocks WHERE user_number = $1)
            """,
            "DELETE FROM blocks WHERE user_number = $1",
            """
            UPDATE reports SET reporter = NULL FROM reports_made AS made WHERE made.user_number = $1
                AND reports.user_number = made.reported AND reports.number = made.number
            """,
            "DELETE FROM reports_made WHERE user_number = $1",
            "DELETE FROM locations WHERE user_number = $1",
            "DELETE FROM history WHERE user_number = $1",
        ] {
            later(Query(sql, .int(user)))
        }
    }
}

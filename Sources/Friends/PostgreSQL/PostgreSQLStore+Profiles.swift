import Channels

extension PostgreSQLStore {
    func put(_ profile: Profile) async throws(StoreError) -> Bool {
        try await write("put") { try $0.put([profile]) } > 0
    }

    func put(_ profiles: [Profile]) async throws(StoreError) -> Int {
        var created = 0
        for start in stride(from: 0, to: profiles.count, by: Self.importBatch) {
            let batch = Array(profiles[start..<min(start + Self.importBatch, profiles.count)])
            created += try await write("put many", bulk: true) { try $0.put(batch) }
        }
        return created
    }
}

extension Transaction {
    /// Creates, renames and brings back, and returns how many were not merely renamed. Of an id that stands
    /// twice the last profile counts.
    fileprivate func put(_ profiles: [Profile]) throws -> Int {
        var newest: [UserID: Profile] = [:]
        var ids: [UserID] = []
        for profile in profiles where newest.updateValue(profile, forKey: profile.id) == nil {
            ids.append(profile.id)
        }
        let known = try lock(ids)
        var users = known
        users.merge(try insert(ids.filter { known[$0] == nil }, .reserved)) { _, new in new }
        let changed = try write(ids.map { newest[$0]! }, numbers: ids.map { users[$0]!.number })
        announce(changed)
        return ids.count { known[$0]?.standing != .active }
    }

    /// Leaves alone who has this profile already, and returns the others.
    private func write(_ profiles: [Profile], numbers: [Int64]) throws -> [UserID] {
        let active = Standing.active.rawValue
        let erased = Standing.erased.rawValue
        return try rows(
            Query(
                """
                UPDATE users SET name = profile.name, avatar_url = profile.avatar_url, \(Self.markChanged),
                    sharing = sharing OR standing <> \(active), standing = \(active),
                    epoch = epoch + CASE standing WHEN \(erased) THEN 1 ELSE 0 END
                FROM unnest($1::bigint[], $2::text[], $3::text[]) AS profile (number, name, avatar_url)
                WHERE users.number = profile.number
                    AND (standing, users.name, users.avatar_url)
                        IS DISTINCT FROM (\(active), profile.name, profile.avatar_url)
                RETURNING users.id
                """, .ints(numbers), .texts(profiles.map(\.name)), .texts(profiles.map(\.avatarURL)))
        ).map { try $0.userID(0) }
    }
}

import Channels
import GRDB

extension SQLiteStore {
    func importFriendships(_ pairs: [Friendship]) async throws(StoreError) -> ImportSummary {
        var summary = ImportSummary()
        for start in stride(from: 0, to: pairs.count, by: StoreLimits.importBatch) {
            let batch = pairs[start..<min(start + StoreLimits.importBatch, pairs.count)]
            let part = try await write("import friendships") { database in
                var friendshipImport = FriendshipImport(database)
                try friendshipImport.add(batch)
                return friendshipImport.summary
            }
            summary.add(part)
        }
        return summary
    }
}

extension ImportSummary {
    fileprivate mutating func add(_ other: ImportSummary) {
        created += other.created
        existed += other.existed
        refused += other.refused
        usersCreated += other.usersCreated
    }
}

import Channels
import Friends

/// Reads friendships from a CSV file into a store.
struct FriendshipImport {
    /// So many are kept in memory and go into the store at a time.
    static let batch = 50_000
    static let columns = ["user_a", "user_b"]

    struct Result: Equatable, CustomStringConvertible {
        var read = 0
        var summary = ImportSummary()

        var description: String {
            "friendships: \(read) read, \(summary.created) new, \(summary.existed) known, "
                + "\(summary.refused) refused; \(summary.usersCreated) users new"
        }
    }

    let store: any FriendshipStore

    /// Throws at the first line that is no friendship; what stands in whole batches before it was imported.
    func run(path: String) async throws -> Result {
        var reader = try CSVReader(path: path, columns: Self.columns)
        var result = Result()
        var pairs: [Friendship] = []
        while let row = try reader.next() {
            pairs.append(try Self.friendship(row, path: path))
            if pairs.count == Self.batch { try await put(&pairs, &result) }
        }
        try await put(&pairs, &result)
        return result
    }

    private func put(_ pairs: inout [Friendship], _ result: inout Result) async throws {
        let summary = try await store.importFriendships(pairs)
        result.read += pairs.count
        result.summary.created += summary.created
        result.summary.existed += summary.existed
        result.summary.refused += summary.refused
        result.summary.usersCreated += summary.usersCreated
        pairs.removeAll(keepingCapacity: true)
    }

    static func friendship(_ row: CSVReader.Row, path: String) throws -> Friendship {
        Friendship(try user(row, 0, path), try user(row, 1, path))
    }

    private static func user(_ row: CSVReader.Row, _ column: Int, _ path: String) throws -> UserID {
        guard let user = UserID(row.fields[column]) else {
            let name = column == 0 ? "user_a" : "user_b"
            throw CSVError(path: path, line: row.line, reason: "`\(name)` is no id of a user")
        }
        return user
    }
}

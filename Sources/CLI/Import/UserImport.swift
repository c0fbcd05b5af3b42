import Channels
import Friends

/// Reads users from a CSV file into a store.
struct UserImport {
    /// So many are kept in memory and go into the store at a time.
    static let batch = 10_000
    static let columns = ["id", "name"]
    static let optionalColumns = ["avatar_url"]

    struct Result: Equatable, CustomStringConvertible {
        var read = 0
        var created = 0
        var description: String { "users: \(read) read, \(created) new" }
    }

    let store: any UserStore

    /// Throws at the first line that is no user; what stands in whole batches before it was imported.
    func run(path: String) async throws -> Result {
        var reader = try CSVReader(path: path, columns: Self.columns, optional: Self.optionalColumns)
        var result = Result()
        var profiles: [Profile] = []
        while let row = try reader.next() {
            profiles.append(try Self.profile(row, path: path))
            if profiles.count == Self.batch { try await put(&profiles, &result) }
        }
        try await put(&profiles, &result)
        return result
    }

    private func put(_ profiles: inout [Profile], _ result: inout Result) async throws {
        result.created += try await store.put(profiles)
        result.read += profiles.count
        profiles.removeAll(keepingCapacity: true)
    }

    /// A user without a name is called like its id.
    static func profile(_ row: CSVReader.Row, path: String) throws -> Profile {
        guard let id = UserID(row.fields[0]) else {
            throw CSVError(path: path, line: row.line, reason: "`id` is no id of a user")
        }
        let name = row.fields[1].isEmpty ? id.string : row.fields[1]
        let avatar = row.fields[2].isEmpty ? nil : row.fields[2]
        do {
            return try Profile(id: id, name: name, avatarURL: avatar)
        } catch {
            throw CSVError(path: path, line: row.line, reason: "`name` or `avatar_url` is too long")
        }
    }
}

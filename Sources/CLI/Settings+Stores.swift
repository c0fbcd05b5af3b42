import Friends
import Server

extension Settings {
    /// Runs `body` with the stores that a server with these settings would use, and closes them however that ends.
    func withStores(_ body: (Stores) async throws -> Void) async throws {
        if let database {
            return try await PostgreSQLDatabase.run(database) { try await body($0.stores) }
        }
        try DataDirectory.make(dataDirectory)
        try await body(.sqlite(at: DataDirectory.database(in: dataDirectory)))
    }
}

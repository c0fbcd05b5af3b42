import TestServers

@testable import Friends

/// Runs `body` with a new, empty database of `server`, or of the one that all tests share.
func withDatabase(
    of server: PostgreSQLServer? = nil, settings: PostgreSQLSettings = .small,
    locationTTL: Duration = StoreLimits.locationTTL, _ body: (PostgreSQLDatabase) async throws -> Void
) async throws {
    try await withDatabases(1, of: server, settings: settings, locationTTL: locationTTL) { databases, _ in
        try await body(databases[0])
    }
}

/// Runs `body` with several openings of one new database, as several processes have them, and its name.
func withDatabases(
    _ count: Int, of server: PostgreSQLServer? = nil, settings: PostgreSQLSettings = .small,
    locationTTL: Duration = StoreLimits.locationTTL, _ body: ([PostgreSQLDatabase], String) async throws -> Void
) async throws {
    let server = try server ?? .shared
    let name = try server.makeDatabase()
    let url = try PostgreSQLURL(server.url(name))
    let databases = try await withThrowingTaskGroup { group in
        for _ in 0..<count {
            group.addTask {
                try await PostgreSQLDatabase.open(url, settings: settings, locationTTL: locationTTL)
            }
        }
        return try await group.reduce(into: []) { $0.append($1) }
    }
    do { try await body(databases, name) } catch {
        for database in databases { await database.close() }
        throw error
    }
    for database in databases { await database.close() }
}

extension PostgreSQLSettings {
    /// Few connections: many tests share a server.
    static let small = with { _ in }

    static func with(_ change: (inout PostgreSQLSettings) -> Void) -> PostgreSQLSettings {
        var settings = PostgreSQLSettings()
        settings.connections = 2
        change(&settings)
        return settings
    }
}

/// Waits until `condition` holds; gives up after half a minute.
func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
    let end = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < end {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(10))
    }
    return false
}

import Channels
import Friends
import TestServers
import Testing

/// Several processes with one database.
@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed")) struct PostgreSQLSharingTests {
    @Test func severalMakeTheTablesAtOnce() async throws {
        // `withDatabases` opens them at the same time on an empty database.
        try await withDatabases(5) { databases, name in
            for database in databases { _ = try await database.stores.users.ensure("ann") }
            #expect(try PostgreSQLServer.shared.command("SELECT version FROM nearby_schema", in: name) == "1")
        }
    }

    @Test func tablesOfANewerProgramAreRefused() async throws {
        try await withDatabases(1) { _, name in
            try PostgreSQLServer.shared.command("INSERT INTO nearby_schema (version) VALUES (1000)", in: name)
            let url = try PostgreSQLURL(PostgreSQLServer.shared.url(name))
            await expectError(.unavailable) { _ = try await PostgreSQLDatabase.open(url, settings: .small) }
        }
    }

    @Test func anIDGetsOneNumberWhoeverMakesIt() async throws {
        try await withDatabases(2, settings: .with { $0.connections = 4 }) { databases, _ in
            for id in userIDs(20) {
                let users = try await withThrowingTaskGroup { group in
                    for turn in 0..<8 {
                        let users = databases[turn % 2].stores.users
                        group.addTask { try await users.ensure(id) }
                    }
                    return try await group.reduce(into: Set<User>()) { $0.insert($1) }
                }
                #expect(users.count == 1)
            }
        }
    }

    /// Everybody befriends everybody from both sides at once: each friendship is new to one caller only.
    @Test func crossedChangesNeitherWaitForEachOtherNorCountTwice() async throws {
        try await withDatabases(2, settings: .with { $0.connections = 4 }) { databases, _ in
            let ids = userIDs(8)
            let created = try await withThrowingTaskGroup { group in
                for (place, a) in ids.enumerated() {
                    for b in ids where b != a {
                        let friendships = databases[place % 2].stores.friendships
                        group.addTask { try await friendships.befriend(a, b) ? 1 : 0 }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(created == ids.count * (ids.count - 1) / 2)
            for id in ids {
                let account = try await databases[0].stores.users.account(of: id)
                #expect(account.friends.count == ids.count - 1)
            }
        }
    }

    /// Whatever order they come in: no friendship and no point of an erased user is left.
    @Test func anErasureBesideOtherChangesIsComplete() async throws {
        try await withDatabases(2, settings: .with { $0.connections = 4 }) { databases, name in
            for round in 0..<10 {
                let friends = userIDs(6)
                try await databases[0].stores.users.put(Profile(id: "gone", name: "Gone \(round)"))
                await withTaskGroup { group in
                    for friend in friends {
                        group.addTask { _ = try? await databases[1].stores.friendships.befriend("gone", friend) }
                        group.addTask {
                            try? await databases[0].stores.history.append([point("gone", ts: Int64(round))])
                        }
                    }
                    group.addTask { _ = try? await databases[0].stores.users.erase("gone") }
                }
                #expect(try await databases[0].stores.users.user("gone")?.isErased == true)
                for table in ["history", "locations", "friendships"] {
                    let left = try PostgreSQLServer.shared.command(
                        "SELECT count(*) FROM \(table) WHERE user_number = (SELECT number FROM users WHERE id = 'gone')",
                        in: name)
                    #expect(left == "0", "\(table), round \(round)")
                }
                let counts = try PostgreSQLServer.shared.command(
                    "SELECT count(*) FROM users WHERE friends <> (SELECT count(*) FROM friendships WHERE user_number = number)",
                    in: name)
                #expect(counts == "0", "round \(round)")
            }
        }
    }
}

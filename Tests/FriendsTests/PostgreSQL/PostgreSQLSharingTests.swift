import Channels
import Foundation
import TestServers
import Testing

@testable import Friends

/// Several processes with one database.
@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed")) struct PostgreSQLSharingTests {
    @Test func severalMakeTheTablesAtOnce() async throws {
        // `withDatabases` opens them at the same time on an empty database.
        try await withDatabases(5) { databases, name in
            for database in databases { _ = try await database.stores.users.ensure("ann") }
            let versions = try PostgreSQLServer.shared.command(
                "SELECT version FROM nearby_schema ORDER BY version", in: name)
            #expect(versions.split(separator: "\n").compactMap { Int($0) } == [1, 2])
        }
    }

    /// What the first version wrote is there after the update, and nothing of it counts as deleted.
    @Test func tablesOfTheFirstVersionAreUpdated() async throws {
        try await withDatabases(1) { databases, name in
            _ = try await databases[0].stores.users.ensure("ann")
            try await databases[0].stores.history.append([point("ann", ts: 1)])
            try PostgreSQLServer.shared.command(
                """
                ALTER TABLE users DROP COLUMN forgotten_at, DROP COLUMN erased_epoch;
                DELETE FROM nearby_schema WHERE version = 2
                """, in: name)
            let url = try PostgreSQLURL(PostgreSQLServer.shared.url(name))
            let updated = try await PostgreSQLDatabase.open(url, settings: .small)
            try await updated.stores.history.append([point("ann", ts: 2)])
            #expect(try await history(of: "ann", in: updated.stores).map(\.ts) == [1, 2])
            #expect(try await updated.users(["ann"]).map(\.erasedEpoch) == [0])
            await updated.close()
        }
    }

    /// Points that another process holds while one deletes the history, or erases the user who is then made again.
    @Test(arguments: [false, true]) func whatWasHeardBeforeADeletionDoesNotComeBack(isErased: Bool) async throws {
        try await withDatabases(2) { databases, name in
            let (one, other) = (databases[0].stores, databases[1].stores)
            func now() -> Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }
            try await one.users.put([Profile(id: "ann", name: "Ann"), Profile(id: "bob", name: "Bob")])
            let held = now()
            try await one.history.append([point("ann", ts: 1, heardAt: held)])
            if isErased {
                try await one.users.erase("ann")
                try await one.users.put(Profile(id: "ann", name: "Ann"))
            } else {
                try await one.history.deletePoints(of: "ann")
            }
            try await other.history.append([
                point("ann", ts: 2, heardAt: held), point("bob", ts: 2, heardAt: held),
            ])
            try await other.cache.store([location("ann", ts: 2, epoch: 9, heardAt: held)])
            #expect(try await history(of: "ann", in: one) == [])
            #expect(try await history(of: "bob", in: one).map(\.ts) == [2])
            #expect(try await one.cache.locations(heardSince: 0) == [])
            // What comes later is taken, by either way into the table.
            let later = now() + 1
            try await other.history.append([point("ann", ts: 3, heardAt: later)])
            try await other.history.append([point("ann", ts: 3, heardAt: later), point("ann", ts: 4, heardAt: held)])
            try await other.cache.store([location("ann", ts: 3, epoch: 9, heardAt: later)])
            #expect(try await history(of: "ann", in: one).map(\.ts) == [3])
            #expect(try await one.cache.locations(heardSince: 0).map(\.ts) == [3])
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
                            try? await databases[0].stores.history.append([
                                point("gone", ts: Int64(round), heardAt: .max)
                            ])
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

import Channels
import TestServers
import Testing

@testable import Friends

/// Changes made by one process as another hears of them.
@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed")) struct ChangeFeedTests {
    /// Takes from the feed until all of `users` were told.
    private func hear(_ users: Set<UserID>, from iterator: ChangeFeed.AsyncIterator) async {
        var missing = users
        while !missing.isEmpty, let changed = await iterator.next() {
            switch changed.users {
            case .some(let told): missing.subtract(told)
            case .everyone: missing = []
            }
        }
        #expect(missing.isEmpty)
    }

    @Test(.timeLimit(.minutes(1))) func everyKindOfChangeIsTold() async throws {
        try await withDatabases(2) { databases, _ in
            let feed = try await databases[0].changes()
            let iterator = feed.makeAsyncIterator()
            let stores = databases[1].stores
            try await stores.users.put(Profile(id: "ann", name: "Ann"))
            await hear(["ann"], from: iterator)
            try await stores.users.setSharing(false, of: "ann")
            await hear(["ann"], from: iterator)
            try await stores.friendships.befriend("ann", "bob")
            await hear(["ann", "bob"], from: iterator)
            try await stores.friendships.unfriend("bob", "ann")
            await hear(["ann", "bob"], from: iterator)
            try await stores.friendships.request(from: "ann", to: "bob")
            try await stores.friendships.request(from: "bob", to: "ann")
            await hear(["ann", "bob"], from: iterator)
            try await stores.blocks.block("eve", by: "ann", as: .sid("s"), now: 0)
            await hear(["ann", "eve"], from: iterator)
            let block = try await stores.blocks.blocks(by: "ann")[0].id
            _ = try await stores.blocks.unblock(.block(block), by: "ann")
            await hear(["ann", "eve"], from: iterator)
            try await stores.friendships.importFriendships([Friendship("x", "y")])
            await hear(["x", "y"], from: iterator)
            try await stores.users.erase("ann")
            await hear(["ann"], from: iterator)
        }
    }

    /// The marks in the table alone are enough: nobody notifies here.
    @Test(.timeLimit(.minutes(1))) func whatNobodyNotifiedOfIsReadAgain() async throws {
        try await withDatabases(1) { databases, name in
            for id in ["ann", "bob"] as [UserID] { _ = try await databases[0].stores.users.ensure(id) }
            let feed = try await databases[0].changes()
            let iterator = feed.makeAsyncIterator()
            for id in ["ann", "bob", "ann"] {
                let begun = ContinuousClock.now
                try PostgreSQLServer.shared.command(
                    "UPDATE users SET name = name || 'x', changed = pg_current_xact_id() WHERE id = '\(id)'", in: name)
                #expect(await iterator.next()?.users == .some([UserID(id)!]))
                #expect(ContinuousClock.now - begun < .seconds(5))
            }
        }
    }

    /// Two pages and one row: each transaction's users are read to the end, and what stands still is not told again.
    @Test(.timeLimit(.minutes(1))) func manyChangesOfOneTransactionAreToldByName() async throws {
        try await withDatabases(1) { databases, name in
            let count = 2 * ChangePage.size + 1
            let feed = try await databases[0].changes()
            let iterator = feed.makeAsyncIterator()
            try PostgreSQLServer.shared.command(
                """
                INSERT INTO users (number, id, name, standing, changed)
                SELECT number, 'u' || number, '', 1, pg_current_xact_id() FROM generate_series(1, \(count)) AS number
                """, in: name)
            var missing = Set((1...count).map { UserID("u\($0)")! })
            while !missing.isEmpty, case .some(let told)? = await iterator.next()?.users {
                #expect(told.isSubset(of: missing))
                missing.subtract(told)
            }
            #expect(missing.isEmpty)
            let all = feed.provenUntil
            #expect(try await eventually { feed.provenUntil > all + .seconds(1) })
        }
    }

    /// What was told and not taken is not proven.
    @Test(.timeLimit(.minutes(1))) func theProofStandsStillUntilWhatWaitsIsTaken() async throws {
        try await withDatabases(1) { databases, _ in
            let feed = try await databases[0].changes()
            let first = feed.provenUntil
            #expect(try await eventually { feed.provenUntil > first })
            try await databases[0].stores.users.put(Profile(id: "ann", name: "Ann"))
            let changed = ContinuousClock.now
            try await Task.sleep(for: .seconds(2))
            #expect(feed.provenUntil <= changed)
            let news = await feed.makeAsyncIterator().next()
            #expect(try news?.users == .some(["ann"]) && #require(news).since <= changed)
            #expect(feed.provenUntil > changed)
        }
    }

    /// A transaction that began first and commits last is not overlooked.
    @Test(.timeLimit(.minutes(1))) func aLateCommitIsTold() async throws {
        try await withDatabases(1) { databases, name in
            for id in ["ann", "bob"] as [UserID] { _ = try await databases[0].stores.users.ensure(id) }
            let feed = try await databases[0].changes()
            let iterator = feed.makeAsyncIterator()
            let late = Task.detached {
                try PostgreSQLServer.shared.command(
                    """
                    BEGIN; UPDATE users SET name = 'late', changed = pg_current_xact_id() WHERE id = 'ann';
                    SELECT pg_sleep(3); COMMIT
                    """, in: name)
            }
            while try PostgreSQLServer.shared.command(
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'", in: name) == "0"
            {}
            try await databases[0].stores.users.put(Profile(id: "bob", name: "Bob"))
            await hear(["bob"], from: iterator)
            await hear(["ann"], from: iterator)
            _ = try await late.value
        }
    }

    @Test(.timeLimit(.minutes(1))) func aListenerThatLosesItsConnectionMissesNothing() async throws {
        try await withDatabases(2) { databases, name in
            let feed = try await databases[0].changes()
            let ids = userIDs(300)
            let changes = Task {
                for (place, id) in ids.enumerated() {
                    try await databases[1].stores.users.put(Profile(id: id, name: "new"))
                    guard place % 100 == 50 else { continue }
                    try PostgreSQLServer.shared.command(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE application_name = 'nearby changes' AND datname = '\(name)'
                        """)
                }
            }
            let iterator = feed.makeAsyncIterator()
            await hear(Set(ids), from: iterator)
            try await changes.value
        }
    }

    @Test(.timeLimit(.minutes(1))) func aRestartOfTheServerMissesNothing() async throws {
        try await PostgreSQLServer.run(fsync: true) { server in
            try await withDatabases(2, of: server) { databases, _ in
                let feed = try await databases[0].changes()
                let ids = userIDs(200)
                let changes = Task {
                    for (place, id) in ids.enumerated() {
                        _ = try await eventually {
                            (try? await databases[1].stores.users.put(Profile(id: id, name: "new"))) != nil
                        }
                        if place == 50 { server.stop() }
                        if place == 120 { server.kill() }
                        if place == 50 || place == 120 { try server.start() }
                    }
                }
                let iterator = feed.makeAsyncIterator()
                await hear(Set(ids), from: iterator)
                try await changes.value
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func theProofStandsStillWhileTheServerIsDown() async throws {
        try await PostgreSQLServer.run { server in
            try await withDatabase(of: server) { database in
                let feed = try await database.changes()
                let first = feed.provenUntil
                #expect(try await eventually { feed.provenUntil > first })
                server.stop()
                let stopped = ContinuousClock.now
                try await Task.sleep(for: .seconds(2))
                #expect(feed.provenUntil <= stopped)
                try server.start()
                #expect(try await eventually { feed.provenUntil > stopped })
            }
        }
    }

    @Test(.timeLimit(.minutes(1))) func itEndsWithItsTaskAndByItsStop() async throws {
        try await withDatabase { database in
            let feed = try await database.changes()
            let reader = Task { for await _ in feed {} }
            await feed.stop()
            await reader.value
            let other = try await database.changes()
            let cancelled = Task { for await _ in other {} }
            cancelled.cancel()
            await cancelled.value
        }
    }
}

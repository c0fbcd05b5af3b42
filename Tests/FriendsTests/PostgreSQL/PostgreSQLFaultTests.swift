import Channels
import Friends
import Synchronization
import TestServers
import Testing

/// What callers see while PostgreSQL is stopped, killed or frozen. One after the other: each measures times.
@Suite(.serialized, .enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct PostgreSQLFaultTests {
    private static let impatient = PostgreSQLSettings.with { settings in
        settings.callTimeout = .seconds(1)
        settings.bulkTimeout = .seconds(1)
        settings.connectTimeout = .seconds(1)
    }

    /// Expects that every kind of call fails, each in this time.
    private func expectUnavailable(_ stores: Stores, within limit: Duration) async {
        let calls: [@Sendable () async throws -> Void] = [
            { _ = try await stores.users.ensure("ann") },
            { _ = try await stores.users.account(of: "ann") },
            { try await stores.users.put(Profile(id: "ann", name: "Ann")) },
            { try await stores.friendships.befriend("ann", "bob") },
            { try await stores.blocks.block("bob", by: "ann", as: .user, now: 0) },
            { try await stores.history.append([point("ann", ts: 1)]) },
            { _ = try await stores.users.export("ann") },
        ]
        for call in calls {
            let begun = ContinuousClock.now
            await expectError(.unavailable, call)
            #expect(ContinuousClock.now - begun < limit)
        }
    }

    @Test(arguments: [false, true])
    func stoppedEveryCallFailsSoonAndRestartedAllWorks(isKilled: Bool) async throws {
        try await PostgreSQLServer.run(fsync: true) { server in
            try await withDatabase(of: server, settings: Self.impatient) { database in
                _ = try await database.stores.users.ensure("ann")
                #expect(database.isReachable)
                isKilled ? server.kill() : server.stop()
                await expectUnavailable(database.stores, within: .seconds(3))
                #expect(try await eventually { !database.isReachable })
                try server.start()
                #expect(try await eventually { (try? await database.stores.users.user("ann")) != nil })
                #expect(database.isReachable)
            }
        }
    }

    @Test func frozenEveryCallFailsInItsTime() async throws {
        try await PostgreSQLServer.run { server in
            try await withDatabase(of: server, settings: Self.impatient) { database in
                _ = try await database.stores.users.ensure("ann")
                server.freeze()
                await expectUnavailable(database.stores, within: .seconds(3))
                server.thaw()
                #expect(try await eventually { (try? await database.stores.users.user("ann")) != nil })
            }
        }
    }

    @Test func whatWaitsIsBounded() async throws {
        try await withDatabases(1, settings: Self.impatient) { databases, name in
            let users = databases[0].stores.users
            _ = try await users.ensure("ann")
            let lock = Task.detached {
                try PostgreSQLServer.shared.command("BEGIN; LOCK TABLE users; SELECT pg_sleep(3); COMMIT", in: name)
            }
            #expect(try await eventually { (try? await users.ensure("ann")) == nil })
            let begun = ContinuousClock.now
            let codes = await withTaskGroup { group in
                for _ in 0..<1_100 {
                    group.addTask { () -> StoreError.Code? in
                        do throws(StoreError) { _ = try await users.ensure("ann") } catch { return error.code }
                        return nil
                    }
                }
                return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            }
            #expect(codes[.unavailable, default: 0] >= 100)
            #expect(ContinuousClock.now - begun < .seconds(5))
            _ = try await lock.value
            #expect(try await eventually { (try? await users.ensure("ann")) != nil })
        }
    }

    /// With fsync, in a stream of changes from several callers: whatever was acknowledged is there afterwards.
    @Test func kill9LosesNoAcknowledgedChange() async throws {
        try await PostgreSQLServer.run(fsync: true) { server in
            try await withDatabase(of: server, settings: .with { $0.connections = 4 }) { database in
                let stores = database.stores
                let acknowledged = Acknowledged()
                await withTaskGroup { group in
                    for writer in 0..<4 {
                        group.addTask {
                            for number in 0..<100_000 {
                                let id = UserID("w\(writer)-\(number)")!
                                do { try await stores.friendships.befriend("ann\(writer)".id, id) } catch { return }
                                acknowledged.insert(id)
                            }
                        }
                    }
                    group.addTask {
                        while acknowledged.all.count < 300 { try? await Task.sleep(for: .milliseconds(1)) }
                        server.kill()
                    }
                }
                try server.start()
                #expect(try await eventually { (try? await stores.users.user("ann0")) != nil })
                var found: Set<UserID> = []
                for writer in 0..<4 {
                    found.formUnion(try await stores.users.account(of: "ann\(writer)".id).friends.map(\.id))
                }
                let lost = acknowledged.all.subtracting(found)
                #expect(lost.isEmpty, "\(lost.count) of \(acknowledged.all.count) lost")
            }
        }
    }

    @Test func closedStoresRefuse() async throws {
        try await withDatabase { database in
            await database.close()
            await expectError(.unavailable) { _ = try await database.stores.users.ensure("ann") }
            #expect(!database.isReachable)
        }
    }

    @Test func withoutAServerOpeningFailsSoonAndNamesNoSecret() async throws {
        let url = try PostgreSQLURL("postgres://nearby:geheim@127.0.0.1:1/nearby")
        let begun = ContinuousClock.now
        let error = await #expect(throws: StoreError.self) {
            _ = try await PostgreSQLDatabase.open(url, settings: Self.impatient)
        }
        #expect(error?.code == .unavailable && error?.context.contains("geheim") == false)
        // Where it wanted to go and what happened there, not libpq's advice.
        #expect(error?.context.contains("127.0.0.1") == true && error?.context.contains("refused") == true)
        #expect(ContinuousClock.now - begun < .seconds(3))
    }
}

private final class Acknowledged: Sendable {
    private let ids = Mutex<Set<UserID>>([])

    var all: Set<UserID> { ids.withLock { $0 } }

    func insert(_ id: UserID) { ids.withLock { _ = $0.insert(id) } }
}

extension String {
    fileprivate var id: UserID { UserID(self)! }
}

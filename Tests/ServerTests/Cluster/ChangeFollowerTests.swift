import Channels
import Friends
import Synchronization
import TestServers
import Testing

@testable import Server

/// A server that hears from its PostgreSQL what others changed: much at once, what it cannot read, and nothing at all.
@Suite(.serialized, .enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct ChangeFollowerTests {
    /// A server whose clock the test can turn on, with its log.
    private final class Stage: Sendable {
        let server: LiveServer
        let database: String
        let log: Notebook
        private let passed: Box

        final class Box: Sendable { let milliseconds = Atomic<Int64>(0) }

        private init(_ server: LiveServer, _ database: String, _ log: Notebook, _ passed: Box) {
            self.server = server
            self.database = database
            self.log = log
            self.passed = passed
        }

        static func run(_ body: @Sendable @escaping (Stage) async throws -> Void) async throws {
            let postgres = try PostgreSQLServer.shared
            let database = try postgres.makeDatabase()
            let flags = LiveServer.quick.merging([.databaseURL: postgres.url(database)]) { $1 }
            let (log, passed) = (Notebook(), Box())
            let clock = ServerClock(
                monotonicMilliseconds: {
                    ServerClock.system.monotonicMilliseconds() + passed.milliseconds.load(ordering: .relaxed)
                }, wallMilliseconds: ServerClock.system.wallMilliseconds)
            try await LiveServer.run(flags, clock: clock, logger: log.logger) { server in
                try await body(Stage(server, database, log, passed))
            }
        }

        func sql(_ text: String, in database: String? = nil) throws {
            try PostgreSQLServer.shared.command(text, in: database ?? self.database)
        }

        func turnOn(seconds: Int64) { passed.milliseconds.add(seconds * 1_000, ordering: .relaxed) }

        func metric(_ name: String) async throws -> Double {
            let text = try await server.call("GET", "/metrics").text
            let line = text.split(separator: "\n").first { $0.hasPrefix(name + " ") }
            return try #require(line.flatMap { Double($0.dropFirst(name.count + 1)) })
        }

        /// Waits until `condition` holds; gives up after half a minute.
        func eventually(_ condition: () async throws -> Bool) async throws {
            let end = ContinuousClock.now + .seconds(30)
            while try await !condition() {
                try #require(ContinuousClock.now < end)
                try await Task.sleep(for: .milliseconds(20))
            }
        }

        /// Lets so much time pass, in steps between which the feed proves that nothing was missed.
        func pass(seconds: Int64) async throws {
            for _ in 0..<seconds / 8 {
                try await eventually { try await metric("nearby_database_unproven_seconds") < 3 }
                turnOn(seconds: 8)
            }
        }

        func logged(_ text: String) async throws { try await eventually { log.lines.contains { $0.contains(text) } } }
    }

    private func mark(_ user: String) -> String {
        "UPDATE users SET changed = pg_current_xact_id() WHERE id = '\(user)'"
    }

    @Test func anImportActsInLiveSessionsAndEndsNone() async throws {
        try await Stage.run { stage in
            let (anna, bob) = (try await stage.server.client("anna"), try await stage.server.client("bob"))
            let url = try PostgreSQLURL(PostgreSQLServer.shared.url(stage.database))
            try await PostgreSQLDatabase.run(url) { other in
                let pairs = (0..<6_000).map { Friendship(UserID("a\($0)")!, UserID("b\($0)")!) }
                let own = Friendship(UserID("anna")!, UserID("bob")!)
                _ = try await other.stores.friendships.importFriendships(pairs + [own])
            }
            #expect(try await anna.message("updates")["friends"].column("id") == ["bob"])
            #expect(try await bob.message("updates")["friends"].column("id") == ["anna"])
            #expect(try await anna.barrier() == [])
            #expect(try await bob.barrier() == [])
        }
    }

    /// All changes are told, and only one user's account cannot be read: the others go on.
    @Test func onlyWhoseAccountCannotBeReadHasToComeBack() async throws {
        try await Stage.run { stage in
            let (anna, carl) = (try await stage.server.client("anna"), try await stage.server.client("carl"))
            try stage.sql("ALTER TABLE friendships RENAME TO hidden; \(mark("anna"))")
            try await stage.logged("accounts of changed users cannot be read")
            try await stage.pass(seconds: 24)
            #expect(try await anna.barrier() == [])
            try await stage.pass(seconds: 8)
            #expect(try await anna.message("reconnect")["reason"] == "unavailable")
            #expect(try await anna.closing() == 1012)
            try await stage.logged("sessions ended: nobody can say whom they may see sessions=1")
            #expect(try await carl.barrier() == [])
            #expect(try await stage.server.call("GET", "/readyz").status == 200)
            try stage.sql("ALTER TABLE hidden RENAME TO friendships")
            _ = try await stage.server.client("anna")
            #expect(try await carl.barrier() == [])
        }
    }

    /// The calls of the pool are answered, but nobody hears of changes.
    @Test func whoCannotListenIsNotReadyAndSaysWhy() async throws {
        try await Stage.run { stage in
            let anna = try await stage.server.client("anna")
            #expect(try await stage.server.call("GET", "/readyz").status == 200)
            let (database, one) = (stage.database, "postgres")
            try stage.sql("ALTER DATABASE \(database) ALLOW_CONNECTIONS false", in: one)
            try stage.sql(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE application_name = 'nearby changes' AND datname = '\(database)'
                """, in: one)
            try await stage.logged("changes of other processes cannot be heard")
            #expect(try await stage.server.call("GET", "/readyz").status == 200)
            stage.turnOn(seconds: 31)
            let refusal = try await stage.server.call("GET", "/readyz")
            #expect(refusal.status == 503 && refusal.json["code"] == "unavailable")
            #expect(try await anna.message("reconnect")["reason"] == "unavailable")
            try await stage.logged("sessions ended: nobody can say whom they may see sessions=1")
            try stage.sql("ALTER DATABASE \(database) ALLOW_CONNECTIONS true", in: one)
            try await stage.eventually { try await stage.server.call("GET", "/readyz").status == 200 }
            try await stage.logged("it is over: changes of other processes cannot be heard")
            _ = try await stage.server.client("anna")
        }
    }

    /// Erased and made again between two readings, as two commits in a row are seen.
    @Test func anErasureThatNobodySawIsOneAllTheSame() async throws {
        try await Stage.run { stage in
            try await stage.server.befriend("anna", "bob")
            let (anna, bob) = (try await stage.server.client("anna"), try await stage.server.client("bob"))
            #expect(try await anna.message("updates")["friends"].column("id") == ["bob"])
            try stage.sql(
                """
                DELETE FROM friendships;
                UPDATE users SET epoch = epoch + 2, erased_epoch = epoch + 1, friends = 0, name = 'Another',
                    changed = pg_current_xact_id() WHERE id = 'bob'
                """)
            #expect(try await anna.message("updates")["friends_gone"] == [["id": "bob", "reason": "stopped"]])
            #expect(try await bob.closing() == 4506)
            // Whoever that is now is told once, and not sent away again by a change like any other.
            let another = try await stage.server.client("bob")
            try stage.sql(mark("bob"))
            try await stage.server.befriend("anna", "bob")
            #expect(try await anna.message("updates")["friends"][0]["name"] == "Another")
            #expect(try await another.message("updates")["friends"].column("id") == ["anna"])
        }
    }

    /// An id put in by hand, and a standing that only a newer version knows.
    @Test func whatCannotBeReadIsPassedOver() async throws {
        try await Stage.run { stage in
            try await stage.server.befriend("anna", "bob", "carl")
            let anna = try await stage.server.client("anna")
            for user in ["bob", "carl"] {
                let (_, welcome) = try await stage.server.join(user, at: Place.home.north(100))
                #expect(welcome["friends"]["total"] == 1)
                #expect(try await anna.message("updates")["friends"].column("id") == [user])
            }
            try stage.sql(
                """
                INSERT INTO users (number, id, name, standing, changed)
                VALUES (1000000, 'not an id', '', 1, pg_current_xact_id());
                UPDATE users SET standing = 9, changed = pg_current_xact_id() WHERE id = 'carl';
                """)
            #expect(
                try await anna.message("updates")["friends_gone"] == [["id": "carl", "reason": "stopped"]])
            try await stage.logged("rows of the database cannot be read and were passed over")
            #expect(try await stage.metric("nearby_database_unreadable_rows_total") >= 2)
            // Everything else is followed, also of a friend of that user.
            try stage.sql(
                """
                UPDATE users SET name = 'Bobby', sharing = false, epoch = epoch + 1, changed = pg_current_xact_id()
                WHERE id = 'bob'; \(mark("anna"))
                """)
            #expect(try await anna.message("updates")["friends_gone"] == [["id": "bob", "reason": "stopped"]])
            _ = try await stage.server.client("anna")
        }
    }
}

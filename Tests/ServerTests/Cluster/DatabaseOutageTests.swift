import Synchronization
import TestServers
import Testing

@testable import Server

/// PostgreSQL goes away under two servers that Redis ties together.
@Suite(
    .serialized,
    .enabled(if: PostgreSQLServer.isInstalled && RedisServer.isInstalled, "PostgreSQL or Redis is not installed"))
struct DatabaseOutageTests {
    private func withTwo(
        clock: ServerClock = .system,
        _ body: @Sendable @escaping (LiveServer, LiveServer, PostgreSQLServer) async throws -> Void
    ) async throws {
        try await RedisServer.run { redis in
            try await PostgreSQLServer.run(fsync: true) { postgres in
                let flags = LiveServer.quick.merging([
                    .databaseURL: postgres.url(), .clusterBus: "redis://127.0.0.1:\(redis.port)",
                ]) { $1 }
                try await LiveServer.run(flags, clock: clock) { one in
                    try await LiveServer.run(flags, clock: clock) { other in try await body(one, other, postgres) }
                }
            }
        }
    }

    @Test func duringARestartSessionsStayAndNothingAcknowledgedIsLost() async throws {
        try await withTwo { one, other, postgres in
            try await one.befriend("anna", "bob")
            let anna = try await one.client("anna")
            let (bob, welcome) = try await other.join("bob", at: Place.home.north(100))
            #expect(welcome["friends"]["items"].column("id") == ["anna"])
            #expect(try await anna.message("updates")["friends"].column("id") == ["bob"])

            // Both make friendships all the while.
            let acknowledged = Acknowledged()
            let callers = Task {
                try await withThrowingTaskGroup { group in
                    for (server, user) in [(one, "carl"), (other, "dora")] {
                        group.addTask {
                            var number = 0
                            while !acknowledged.isEnough {
                                number += 1
                                let reply = try await server.call("PUT", "/v1/users/\(user)/friends/f\(number)")
                                acknowledged.count(reply, user, "f\(number)")
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            while acknowledged.all.count < 20 { try await Task.sleep(for: .milliseconds(1)) }
            postgres.kill()
            while try await one.call("GET", "/readyz").status == 200 {}
            let refusal = try await one.call("PUT", "/v1/users/anna", ["name": "Anna"])
            #expect(refusal.status == 503 && refusal.json["code"] == "unavailable")
            #expect(refusal.head.lowercased().contains("\r\nretry-after: 1\r\n"))
            #expect(try await one.call("GET", "/healthz").status == 200)

            // Who is there goes on, and is told what cannot be done.
            let ts = one.now + 500
            bob.move(to: Place.home.north(150), ts: ts)
            #expect(try await anna.message("updates")["friends"][0]["ts"] == .number(ts))
            let answer = try await anna.ask(["type": "block", "user": "eve"])
            #expect(answer["code"] == "unavailable" && answer["retry_after_ms"] != nil)
            // Who comes waits for the database, which comes back.
            let late = try await other.connect()
            late.say(other.hello("anna"))
            try postgres.start()
            #expect(try await late.message("welcome")["friends"]["items"].column("id") == ["bob"])
            acknowledged.finish(after: 20)
            try await callers.value
            for (user, server) in [("carl", other), ("dora", one)] {
                let reply = try await server.call("GET", "/v1/users/\(user)/friends?limit=1000")
                let lost = acknowledged.all.filter { $0.user == user }.map(\.friend)
                    .filter { !reply.json["items"].column("id").contains($0) }
                #expect(lost == [])
            }
            #expect(acknowledged.refused > 0)
            // The same sessions hear of what is changed now.
            #expect(try await one.call("DELETE", "/v1/users/anna/friends/bob").status == 204)
            var update = try await bob.message("updates")
            while update["friends_gone"] == nil { update = try await bob.message("updates") }
            #expect(update["friends_gone"][0]["reason"] == "unfriended")
        }
    }

    /// Changes wait for each other, and no answer for more than one that hangs.
    @Test func whileItHangsEveryChangeIsAnsweredInTenSeconds() async throws {
        try await PostgreSQLServer.run { postgres in
            let flags = LiveServer.quick.merging([.databaseURL: postgres.url()]) { $1 }
            try await LiveServer.run(flags) { server in
                try await server.befriend("anna", "bob")
                postgres.freeze()
                let begun = ContinuousClock.now
                let replies = try await withThrowingTaskGroup { group in
                    for number in 0..<12 {
                        group.addTask { try await server.call("PUT", "/v1/users/anna/friends/b\(number)") }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(ContinuousClock.now - begun < .seconds(11))
                #expect(replies.allSatisfy { $0.status == 503 && $0.json["code"] == "unavailable" })
                #expect(replies.allSatisfy { $0.head.lowercased().contains("\r\nretry-after: 1\r\n") })
                postgres.thaw()
                while try await server.call("DELETE", "/v1/users/anna/friends/bob").status == 503 {}
            }
        }
    }

    @Test func whatNobodyCanProveEndsAfterHalfAMinute() async throws {
        let passed = Atomic<Int64>(0)
        let clock = ServerClock(
            monotonicMilliseconds: {
                ServerClock.system.monotonicMilliseconds() + passed.load(ordering: .sequentiallyConsistent)
            }, wallMilliseconds: ServerClock.system.wallMilliseconds)
        try await withTwo(clock: clock) { one, other, postgres in
            try await one.befriend("anna", "bob")
            let anna = try await one.client("anna")
            let bob = try await other.client("bob", at: Place.home.north(100))
            #expect(try await anna.message("updates")["friends"].column("id") == ["bob"])
            postgres.stop()
            while try await one.call("GET", "/readyz").status == 200 {}
            passed.store(20_000, ordering: .sequentiallyConsistent)
            let ts = one.now + 500
            bob.move(to: Place.home.north(150), ts: ts)
            #expect(try await anna.message("updates")["friends"][0]["ts"] == .number(ts))
            passed.store(31_000, ordering: .sequentiallyConsistent)
            for peer in [anna, bob] {
                var message = try await peer.message()
                while message.type != "reconnect" { message = try await peer.message() }
                #expect(message["after_ms"].double ?? 0 >= 2_000)
                #expect(try await peer.closing() == 1012)
            }
            let late = try await one.connect()
            late.say(one.hello("anna"))
            let refusal = try await late.message("error")
            #expect(refusal["code"] == "unavailable" && refusal["retry_after_ms"] != nil)
            #expect(try await late.closing() == 1013)
            try postgres.start()
            while try await one.call("GET", "/readyz").status != 200 {}
            // Ready is who takes everybody again.
            #expect(try await one.join("anna").welcome["friends"]["total"] == 1)
        }
    }

    @Test(arguments: [
        "postgres://nearby:geheim@db.example/nearby", "http://geheim",
        "postgres://u:geheim@db.example/x?sslmode=require",
    ])
    func aWrongAddressIsRefusedAndNotRepeated(_ url: String) async throws {
        let error = #expect(throws: SettingsError.self) {
            try Settings.load(flags: [:], environment: ["NEARBY_DATABASE_URL": url])
        }
        #expect(!"\(error!)".contains("geheim"), "\(error!)")
        #expect(throws: Never.self) {
            let protected = "postgres://u:geheim@db.example/x?sslmode=verify-full"
            let settings = try Settings.load(flags: [:], environment: ["NEARBY_DATABASE_URL": protected]).settings
            var dumped = ""
            dump(settings, to: &dumped)
            #expect(!dumped.contains("geheim"))
        }
    }
}

/// What two callers were told.
private final class Acknowledged: Sendable {
    private struct State {
        var friendships: [(user: String, friend: String)] = []
        var refused = 0
        var enough = Int.max
    }

    private let state = Mutex(State())

    var all: [(user: String, friend: String)] { state.withLock { $0.friendships } }
    var refused: Int { state.withLock { $0.refused } }
    var isEnough: Bool { state.withLock { $0.friendships.count >= $0.enough } }

    func count(_ reply: RESTReply, _ user: String, _ friend: String) {
        state.withLock { state in
            if reply.status < 300 { state.friendships.append((user, friend)) } else { state.refused += 1 }
        }
    }

    /// Lets the callers end after so many more.
    func finish(after more: Int) { state.withLock { $0.enough = $0.friendships.count + more } }
}

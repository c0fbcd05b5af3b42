import Synchronization
import TestServers
import Testing

@testable import Server

/// Two servers with one PostgreSQL. What is changed at one acts in the sessions of the other within a second, also if
/// there is no Redis through which they could hear of it.
@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed")) struct DatabaseTests {
    private func withTwo(_ body: @Sendable @escaping (LiveServer, LiveServer) async throws -> Void) async throws {
        let postgres = try PostgreSQLServer.shared
        let flags = LiveServer.quick.merging([.databaseURL: try postgres.url(postgres.makeDatabase())]) { $1 }
        try await LiveServer.run(flags) { one in
            try await LiveServer.run(flags) { other in try await body(one, other) }
        }
    }

    /// Runs `body` with `anna` and `bob`, friends and near each other, at the second server.
    private func withFriends(
        _ body: @Sendable @escaping (LiveServer, LiveServer, _ anna: Peer, _ bob: Peer) async throws -> Void
    ) async throws {
        try await withTwo { one, other in
            try await one.befriend("anna", "bob")
            let anna = try await other.client("anna")
            let (bob, welcome) = try await other.join("bob", at: Place.home.north(100))
            #expect(welcome["friends"]["items"].column("id") == ["anna"])
            #expect(try await anna.message("updates")["friends"].column("id") == ["bob"])
            try await body(one, other, anna, bob)
        }
    }

    /// The contract's time between an answer and its effect in all processes.
    private func withinASecond(_ body: () async throws -> Void) async throws {
        let begun = ContinuousClock.now
        try await body()
        #expect(ContinuousClock.now - begun < .seconds(1))
    }

    private func gone(_ id: String, _ reason: String) -> JSON { [["id": .string(id), "reason": .string(reason)]] }

    @Test func friendsSeeEachOtherAndNoMore() async throws {
        try await withTwo { one, other in
            let anna = try await other.client("anna")
            let bob = try await other.client("bob", at: Place.home.north(100))
            for _ in 0..<3 {
                #expect(try await one.call("PUT", "/v1/users/anna/friends/bob").status == 201)
                try await withinASecond { () async throws in
                    #expect(try await anna.message("updates")["friends"].column("id") == ["bob"])
                    #expect(try await bob.message("updates")["friends"].column("id") == ["anna"])
                }
                #expect(try await one.call("DELETE", "/v1/users/bob/friends/anna").status == 204)
                try await withinASecond { () async throws in
                    #expect(try await anna.message("updates")["friends_gone"] == gone("bob", "unfriended"))
                    #expect(try await bob.message("updates")["friends_gone"] == gone("anna", "unfriended"))
                }
            }
        }
    }

    @Test func aBlockHidesBothUntilItIsLifted() async throws {
        try await withFriends { one, _, anna, bob in
            #expect(try await one.call("PUT", "/v1/users/anna/blocks/bob").status == 201)
            try await withinASecond { () async throws in
                #expect(try await anna.message("updates")["friends_gone"] == gone("bob", "stopped"))
                #expect(try await bob.message("updates")["friends_gone"] == gone("anna", "stopped"))
            }
            #expect(try await bob.ask(["type": "subscribe", "friend": "anna"])["location"] == nil)
            #expect(try await one.call("DELETE", "/v1/users/anna/blocks/bob").status == 204)
            try await withinASecond { () async throws in
                #expect(try await anna.message("updates")["friends"].column("id") == ["bob"])
                #expect(try await bob.message("updates")["friends"].column("id") == ["anna"])
            }
        }
    }

    @Test func whoDoesNotShareIsGoneEverywhere() async throws {
        try await withFriends { one, _, anna, bob in
            let elsewhere = try await one.client("bob")
            #expect(try await elsewhere.ask(["type": "settings", "sharing": false])["sharing"] == false)
            try await withinASecond { () async throws in
                #expect(try await anna.message("updates")["friends_gone"] == gone("bob", "stopped"))
            }
            #expect(try await bob.ask(["type": "settings"])["sharing"] == false)
            #expect(try await elsewhere.ask(["type": "settings", "sharing": true])["sharing"] == true)
            try await withinASecond { () async throws in
                #expect(try await anna.message("updates")["friends"].column("id") == ["bob"])
            }
        }
    }

    @Test func anErasureEndsSessionsEverywhere() async throws {
        try await withFriends { one, other, anna, bob in
            #expect(try await one.call("DELETE", "/v1/users/bob").status == 204)
            try await withinASecond { () async throws in
                #expect(try await anna.message("updates")["friends_gone"] == gone("bob", "stopped"))
                #expect(try await bob.closing() == 4506)
            }
            let again = try await other.connect()
            again.say(other.hello("bob"))
            #expect(try await again.closing() == 4506)
            #expect(try await other.call("GET", "/v1/users/bob", as: "bob").status == 403)
            // Made again, it is a stranger to its friends of old.
            #expect(try await one.call("PUT", "/v1/users/bob", ["name": "Bob"]).status == 201)
            _ = try await other.client("bob")
            #expect(try await anna.barrier() == [])
            try await one.befriend("anna", "bob")
            #expect(try await anna.message("updates")["friends"][0]["name"] == "Bob")
        }
    }

    @Test func aNewNameIsShownEverywhere() async throws {
        try await withTwo { one, other in
            try await one.befriend("anna", "bob")
            _ = try await other.client("bob")
            #expect(try await one.call("PUT", "/v1/users/bob", ["name": "Bobby"]).status == 200)
            #expect(try await other.join("anna").welcome["friends"]["items"][0]["name"] == "Bobby")
        }
    }

    @Test func aChangeDuringAHelloIsNotLost() async throws {
        try await withTwo { one, other in
            for round in 0..<20 {
                try await one.befriend("anna", "bob")
                let bob = try await other.client("bob", at: Place.home.north(100))
                async let removal = one.call("DELETE", "/v1/users/anna/friends/bob")
                let (anna, welcome) = try await other.join("anna")
                #expect(try await removal.status == 204)
                // Either the welcome knew already, or it is told.
                if welcome["friends"]["total"] == 1 {
                    var update = try await anna.message("updates")
                    while update["friends_gone"] == nil { update = try await anna.message("updates") }
                    #expect(update["friends_gone"] == gone("bob", "unfriended"), "round \(round)")
                }
                anna.vanish()
                bob.vanish()
            }
        }
    }

    @Test func severalStartAtOnceOnAnEmptyDatabase() async throws {
        let postgres = try PostgreSQLServer.shared
        let flags = LiveServer.quick.merging([.databaseURL: try postgres.url(postgres.makeDatabase())]) { $1 }
        try await withThrowingTaskGroup { group in
            for user in ["anna", "bob", "cat"] {
                group.addTask {
                    try await LiveServer.run(flags) { server in
                        #expect(try await server.call("GET", "/readyz").status == 200)
                        try await server.befriend(user, "dora")
                    }
                }
            }
            try await group.waitForAll()
        }
        try await LiveServer.run(flags) { server in
            let friends = try await server.call("GET", "/v1/users/dora/friends").json["items"].column("id")
            #expect(friends == ["anna", "bob", "cat"])
        }
    }

    /// One process with PostgreSQL and without Redis.
    @Test func aRestartedServerKnowsWhereEveryoneIs() async throws {
        let postgres = try PostgreSQLServer.shared
        let flags = LiveServer.quick.merging([.databaseURL: try postgres.url(postgres.makeDatabase())]) { $1 }
        try await LiveServer.run(flags) { server in
            try await server.befriend("anna", "bob")
            _ = try await server.client("bob", at: Place.home.north(100))
        }
        try await LiveServer.run(flags) { server in
            #expect(try await server.join("anna").welcome["friends"]["items"].column("id") == ["bob"])
            let metrics = try await server.call("GET", "/metrics").text
            #expect(metrics.contains("\nnearby_database_connections 8\n"))
            #expect(metrics.contains("\nnearby_database_failures_total 0\n"))
        }
    }
}

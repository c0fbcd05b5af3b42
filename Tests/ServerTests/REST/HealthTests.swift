import Friends
import HTTPTypes
import HummingbirdTesting
import Synchronization
import Testing

@testable import Server

@Suite struct HealthTests {
    @Test func aliveAndReady() async throws {
        try await Desk.open { (desk: Desk) async throws in
            #expect(try await desk.call(.get, "/healthz", as: .none).text == #"{"status":"ok"}"#)
            #expect(try await desk.call(.get, "/readyz", as: .none).text == #"{"status":"ready"}"#)
        }
    }

    @Test func notReadyWhileDraining() async throws {
        try await Desk.open { desk in
            desk.core.drainOrder.give(.stop)
            let reply = try await desk.call(.get, "/readyz", as: .none)
            #expect(reply.status == 503)
            #expect(reply.problem == "draining")
            #expect(try await desk.call(.get, "/healthz", as: .none).status == 200)
        }
    }

    @Test func aStoreThatFailsMakesEverythingUnavailableButLife() async throws {
        var stores = Stores.inMemory()
        stores.users = FailingUsers(way: .failing)
        try await Desk.open(stores) { desk in
            #expect(try await desk.call(.get, "/healthz", as: .none).status == 200)
            #expect(try await desk.call(.get, "/metrics", as: .none).status == 200)
            for (method, path, caller) in [
                (HTTPRequest.Method.get, "/readyz", Desk.Credentials.none), (.get, "/v1/users/anna", .user("anna")),
                (.get, "/v1/users/anna", .backend), (.delete, "/v1/users/anna", .backend),
                (.get, "/v1/users/anna/nearby/friends", .backend), (.get, "/v1/users/anna/export", .backend),
            ] {
                let reply = try await desk.call(method, path, as: caller)
                #expect(reply.status == 503, "\(method) \(path)")
                #expect(reply.problem == "unavailable")
                #expect(reply.headers[.retryAfter] == "1")
            }
        }
    }

    @Test func aStoreThatHangsIsNotWaitedFor() async throws {
        var stores = Stores.inMemory()
        stores.users = FailingUsers(way: .hanging)
        let probe = StoreProbe(stores: stores, time: .milliseconds(10))
        for _ in 0..<3 { #expect(await probe.answers() == false) }
        #expect(await StoreProbe(stores: .inMemory(), time: .seconds(60)).answers())
    }
}

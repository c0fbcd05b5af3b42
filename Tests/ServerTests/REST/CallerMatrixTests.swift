import HTTPTypes
import Testing

@testable import Server

/// Every route with every caller.
@Suite struct CallerMatrixTests {
    /// The path of a route with something in the place of each open part.
    private func path(_ route: Route) -> String {
        route.path.replacing("{id}", with: "anna").replacing("{friend}", with: "ben")
            .replacing("{other}", with: "ben").replacing("{geohash}", with: "9q8yyk")
    }

    private func status(_ desk: Desk, _ route: Route, _ caller: Desk.Credentials) async throws -> Reply {
        try await desk.call(
            route.method, path(route), as: caller, body: route.method == .put ? #"{"name":"Anna"}"# : nil)
    }

    @Test func anonymousWrongAndExpiredAreRefused() async throws {
        try await Desk.open { desk in
            for route in desk.routes.all {
                if case .open = route.handler { continue }
                for (caller, code) in [
                    (Desk.Credentials.none, "unauthenticated"), (.wrongKey, "bad_key"), (.badToken, "bad_token"),
                    (.expiredToken, "token_expired"),
                ] {
                    let reply = try await self.status(desk, route, caller)
                    #expect(reply.status == 401, "\(route.method) \(route.path) \(caller)")
                    #expect(reply.problem == code)
                    #expect(reply.headers[.wwwAuthenticate] != nil)
                }
            }
        }
    }

    @Test func anotherUserIsForbidden() async throws {
        try await Desk.open { desk in
            for route in desk.routes.all {
                if case .open = route.handler { continue }
                let reply = try await self.status(desk, route, .user("mallory"))
                #expect(reply.status == 403, "\(route.method) \(route.path)")
                #expect(reply.problem == "forbidden")
            }
            let user = try await desk.call(.get, "/v1/users/anna")
            #expect(user.status == 404)
        }
    }

    @Test func theUserItselfAndTheBackendAreLetThrough() async throws {
        try await Desk.open { desk in
            _ = try await desk.call(.put, "/v1/users/anna", body: #"{"name":"Anna"}"#)
            // Erasing comes last: nothing else is possible after it.
            for route in desk.routes.all where route.path != "/v1/users/{id}" || route.method != .delete {
                // There is no etcd to write to.
                if route.path == "/v1/admin/ring", route.method == .put { continue }
                let backend = try await self.status(desk, route, .backend)
                let own = try await self.status(desk, route, .user("anna"))
                switch route.handler {
                case .user:
                    #expect((200..<300).contains(backend.status), "\(route.method) \(route.path)")
                    #expect((200..<300).contains(own.status), "\(route.method) \(route.path)")
                case .backend:
                    #expect((200..<300).contains(backend.status), "\(route.method) \(route.path)")
                    #expect(own.status == 403, "\(route.method) \(route.path)")
                case .open:
                    #expect(backend.status == own.status)
                }
            }
            #expect(try await desk.call(.delete, "/v1/users/anna", as: .user("anna")).status == 204)
        }
    }

    @Test func openRoutesNeedNoCredentials() async throws {
        try await Desk.open { (desk: Desk) async throws in
            for path in ["/healthz", "/readyz", "/metrics"] {
                #expect(try await desk.call(.get, path, as: .none).status == 200)
                #expect(try await desk.call(.get, path, as: .expiredToken).status == 200)
            }
        }
    }

    @Test(arguments: ["Basic YTpi", "Bearer", "Bearer ", "bearer", "", "Token x"])
    func otherSchemesAreNoCredentials(_ value: String) async throws {
        try await Desk.open { desk in
            let reply = try await desk.call(
                .get, "/v1/users/anna", as: .none, headers: [.authorization: value])
            #expect(reply.status == 401)
            #expect(reply.headers[.wwwAuthenticate]?.hasPrefix("Bearer ") == true)
        }
    }

    @Test func theSchemeHasNoCase() async throws {
        try await Desk.open { desk in
            let token = desk.token("anna")
            let lower = try await desk.call(
                .get, "/v1/users/anna", as: .none, headers: [.authorization: "bearer \(token)"])
            #expect(lower.status == 200)
        }
    }

    @Test func ofTwoCredentialsBothMustBeGoodAndTheKeyCounts() async throws {
        try await Desk.open { desk in
            let good: HTTPFields = [.authorization: "Bearer \(desk.token("anna"))"]
            let bad: HTTPFields = [.authorization: "Bearer x.y.z"]
            let wrongKey = try await desk.call(.get, "/v1/users/anna", as: .wrongKey, headers: good)
            #expect(wrongKey.problem == "bad_key")
            let badToken = try await desk.call(.get, "/v1/users/anna", headers: bad)
            #expect(badToken.problem == "bad_token")
            #expect(try await desk.call(.put, "/v1/users/ben/friends/cleo", headers: good).status == 201)
        }
    }

    @Test func anErasedUserIsForbiddenUntilTheBackendCreatesIt() async throws {
        try await Desk.open { desk in
            #expect(try await desk.call(.get, "/v1/users/anna", as: .user("anna")).status == 200)
            #expect(try await desk.call(.delete, "/v1/users/anna").status == 204)
            for route in desk.routes.all {
                guard case .user = route.handler else { continue }
                let reply = try await self.status(desk, route, .user("anna"))
                #expect(reply.status == 403, "\(route.method) \(route.path)")
                #expect(reply.problem == "erased")
            }
            #expect(try await desk.call(.get, "/v1/users/anna").status == 404)
            #expect(try await desk.call(.put, "/v1/users/anna", body: #"{"name":"A"}"#).status == 201)
            #expect(try await desk.call(.get, "/v1/users/anna", as: .user("anna")).status == 200)
        }
    }
}

import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Server

@Suite struct ProtocolTests {
    @Test(arguments: [
        "/web", "/v1", "/v1/users", "/v1/users/anna/nothing", "/v2/users/anna", "/v1/admin/rings",
        "/V1/users/anna", "/v1/users/anna/friends/ben/more",
    ])
    func unknownAddressesAreNotFound(_ path: String) async throws {
        try await Desk.open { desk in
            for method in [HTTPRequest.Method.get, .put, .post, .options, .head] {
                let reply = try await desk.call(method, path)
                #expect(reply.status == 404)
            }
        }
    }

    @Test func unknownMethodsAreToldWhichThereAre() async throws {
        try await Desk.open { desk in
            let user = try await desk.call(.post, "/v1/users/anna", as: .none)
            #expect(user.status == 405)
            #expect(user.problem == "method_not_allowed")
            #expect(user.headers[.allow] == "DELETE, GET, HEAD, OPTIONS, PUT")
            #expect(try await desk.call(.delete, "/metrics").headers[.allow] == "GET, HEAD, OPTIONS")
            #expect(
                try await desk.call(.init("BREW")!, "/v1/users/anna/friends/ben").headers[.allow]
                    == "DELETE, OPTIONS, PUT")
        }
    }

    @Test func optionsAndHead() async throws {
        try await Desk.open { desk in
            let options = try await desk.call(.options, "/v1/users/anna", as: .none)
            #expect(options.status == 204)
            #expect(options.headers[.allow] == "DELETE, GET, HEAD, OPTIONS, PUT")
            let get = try await desk.call(.get, "/v1/users/anna", as: .user("anna"))
            let head = try await desk.call(.head, "/v1/users/anna", as: .user("anna"))
            #expect(head.status == 200 && head.text.isEmpty)
            #expect(head.headers[.contentLength] == get.headers[.contentLength])
            #expect(try await desk.call(.head, "/v1/users/anna", as: .none).status == 401)
        }
    }

    @Test func everyAnswerHasItsHeaders() async throws {
        try await Desk.open { desk in
            for path in ["/v1/users/anna", "/healthz", "/metrics", "/nothing"] {
                for caller in [Desk.Credentials.none, .user("anna")] {
                    let reply = try await desk.call(.get, path, as: caller)
                    #expect(reply.headers[.xContentTypeOptions] == "nosniff")
                    #expect(reply.headers[.cacheControl] == "no-store")
                    #expect(reply.headers[.contentType] != nil)
                }
            }
        }
    }

    @Test func theWebSocketAddressAsksForAnUpgrade() async throws {
        try await Desk.open { desk in
            let reply = try await desk.call(.get, "/v1/ws", as: .none)
            #expect(reply.status == 426)
            #expect(reply.headers[.upgrade] == "websocket")
        }
    }

    @Test func noIDNoPlaceAndNoKeyStandsInAProblem() async throws {
        try await Desk.open { desk in
            for reply in [
                try await desk.call(.get, "/v1/users/mallory?radius_m=40.7128", as: .user("anna")),
                try await desk.call(.get, "/v1/users/mallory/history?from=40.7128", as: .user("mallory")),
                try await desk.call(.get, "/v1/users/mallory/40.7128"),
                try await desk.call(.put, "/v1/users/mallory", body: #"{"name":40.7128}"#),
                try await desk.call(.get, "/v1/users/mallory", as: .wrongKey),
            ] {
                #expect(reply.status >= 400)
                for secret in ["mallory", "40.7128", "key of"] { #expect(!reply.text.contains(secret)) }
            }
        }
    }
}

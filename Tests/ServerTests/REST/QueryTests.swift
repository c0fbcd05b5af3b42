import HTTPTypes
import Testing

@testable import Server

@Suite struct QueryTests {
    @Test(arguments: [
        "friends?limit=0", "friends?limit=1001", "friends?limit=", "friends?limit=x", "friends?limit=+5",
        "friends?limit=1.5", "friends?limit=1&limit=1", "friends?limit=99999999999999999999",
        "nearby/friends?limit=101", "nearby/friends?limit=0", "nearby/friends?radius_m=0",
        "nearby/friends?radius_m=-1", "nearby/friends?radius_m=100000.1", "nearby/friends?radius_m=nan",
        "nearby/friends?radius_m=inf", "nearby/friends?radius_m=0x10", "nearby/friends?radius_m=1e999",
        "nearby/friends?radius_m=", "nearby/friends?radius_m=5&radius_m=5", "history?from=x", "history?to=1.5",
        "history?from=%31%3", "friend-requests?limit=-1",
    ])
    func badParametersAreRefused(_ query: String) async throws {
        try await Desk.open { desk in
            let reply = try await desk.call(.get, "/v1/users/anna/\(query)", as: .user("anna"))
            #expect(reply.status == 400)
            #expect(reply.problem == "bad_parameter")
        }
    }

    @Test(arguments: [
        "friends?limit=1", "friends?limit=1000", "nearby/friends?limit=100", "nearby/friends?radius_m=100000",
        "nearby/friends?radius_m=1e-3", "history?from=-5&to=5", "history?from=9&to=1", "history?from=%31",
        "friends?other=1&other=2",
    ])
    func goodParametersAreTaken(_ query: String) async throws {
        try await Desk.open { (desk: Desk) async throws in
            #expect(try await desk.call(.get, "/v1/users/anna/\(query)", as: .user("anna")).status == 200)
        }
    }
}

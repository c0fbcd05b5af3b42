import Foundation
import TestServers
import Testing

@testable import Server

/// What signals do to a process of its own.
@Suite struct StopSignalTests {
    @Test(arguments: [SIGTERM, SIGINT]) func theFirstEndsItGracefully(_ signal: Int32) async throws {
        let server = try await ServerProcess.start([.drain: "1s", .drainNotice: "0s"])
        let anna = try await server.client("anna")
        server.process.signal(signal)
        #expect(try await anna.message("reconnect").type == "reconnect")
        #expect(try await anna.closing() == 1012)
        #expect(await server.process.end() == 0)
    }

    @Test(arguments: [SIGTERM, SIGINT]) func theSecondEndsItAtOnce(_ signal: Int32) async throws {
        let server = try await ServerProcess.start([.drainNotice: "10min"])
        let anna = try await server.client("anna")
        server.process.signal(signal)
        #expect(try await anna.closing() == 1012)
        #expect(try await server.call("GET", "/readyz").status == 503)
        server.process.signal(signal)
        #expect(await server.process.end() == 128 + signal)
    }

    @Test func anOperatorsDrainEndsTheProcess() async throws {
        let server = try await ServerProcess.start([.drain: "1s", .drainNotice: "1s"])
        #expect(try await server.call("POST", "/v1/admin/drain").status == 202)
        #expect(try await server.call("GET", "/readyz").status == 503)
        // A signal meanwhile is the first.
        server.process.signal(SIGTERM)
        #expect(await server.process.end() == 0)
    }
}

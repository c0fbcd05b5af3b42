import Channels
import TestServers
import Testing

@testable import Friends

@Suite(
    .enabled(
        if: PostgreSQLServer.isInstalled && Certificates.isPossible, "PostgreSQL or openssl is not installed"),
    .timeLimit(.minutes(1)))
struct PostgreSQLTLSTests {
    private static let password = "s e:cret"

    /// Runs `body` with a server that has a certificate for `localhost`, and with the URL of a database there.
    private func withServer(
        _ body: (_ url: (_ host: String, _ password: String, _ roots: String) throws -> PostgreSQLURL, Certificates)
            async throws -> Void
    ) async throws {
        try await Certificates.make(for: "DNS:localhost") { certificates in
            try await PostgreSQLServer.run(certificates: certificates) { server in
                try server.command("CREATE ROLE nearby LOGIN PASSWORD '\(Self.password)'")
                let database = try server.makeDatabase()
                try server.command("ALTER DATABASE \(database) OWNER TO nearby")
                let port = try #require(server.port)
                try await body(
                    { host, password, roots in
                        try PostgreSQLURL(
                            "postgres://nearby:\(password)@\(host):\(port)/\(database)"
                                + "?sslmode=verify-full&sslrootcert=\(roots)")
                    }, certificates)
            }
        }
    }

    private func opens(_ url: PostgreSQLURL) async throws -> Bool {
        do {
            return try await PostgreSQLDatabase.run(url) { database in
                try await database.stores.users.put(Profile(id: "ann", name: "Ann"))
                return try await database.stores.users.user("ann") != nil
            }
        } catch let error as StoreError {
            #expect(error.code == .unavailable)
            #expect(!error.context.contains("s e:cret") && !error.context.contains("s%20e%3Acret"))
            return false
        }
    }

    private func expect(
        _ opens: Bool, _ url: PostgreSQLURL, at place: SourceLocation = #_sourceLocation
    ) async throws {
        let opened = try await self.opens(url)
        #expect(opened == opens, sourceLocation: place)
    }

    @Test func onlyTheServerThatIsMeantAndOnlyWithThePassword() async throws {
        try await withServer { url, certificates in
            try await expect(true, url("localhost", "s%20e%3Acret", certificates.authority))
            try await expect(false, url("localhost", "other", certificates.authority))
            try await expect(false, url("127.0.0.1", "s%20e%3Acret", certificates.authority))
            try await Certificates.make(for: "DNS:localhost") { others in
                try await expect(false, url("localhost", "s%20e%3Acret", others.authority))
            }
        }
    }
}

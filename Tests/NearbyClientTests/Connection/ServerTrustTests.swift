import Foundation
import Testing
import WebSocket

@testable import NearbyClient

/// Encrypted, and with nobody but the server that was meant.
@Suite(.timeLimit(.minutes(1))) struct ServerTrustTests {
    private func connect(
        _ host: String, _ server: FakeServer, _ trust: ServerTrust, _ receive: @escaping @Sendable (NearbyEvent) -> Void
    ) async throws -> NearbyConnection {
        let url = try #require(ServerURL("wss://\(host):\(server.url.port)"))
        return try await NearbyConnector(trust: trust).connect(to: url, receive: receive)
    }

    private func isUntrusted(_ host: String, _ server: FakeServer, _ trust: ServerTrust) async {
        await #expect(throws: ConnectError.untrusted) { _ = try await connect(host, server, trust) { _ in } }
    }

    /// The conversation is the one of ``NearbyConnectionTests``, to its end.
    private func talks(_ host: String, _ server: FakeServer, _ trust: ServerTrust) async throws {
        let (events, continuation) = AsyncStream.makeStream(of: NearbyEvent.self)
        let connection = try await connect(host, server, trust) { continuation.yield($0) }
        let fix = Fix(position: Samples.at(1, 2), timestamp: 3)
        connection.send(.hello(.init(token: "t", fix: fix)), seq: 1)
        var heard = events.makeAsyncIterator()
        guard case .message(.welcome, _, _) = await heard.next() else {
            Issue.record("no welcome")
            return
        }
        connection.send(text: "close 1012")
        guard case .closed(.restart, wasClean: true) = await heard.next() else {
            Issue.record("not closed cleanly")
            return
        }
    }

    @Test func aNameThatIsInTheCertificate() async throws {
        let certificate = TestCertificate.localhost
        try await FakeServer.run(certificate: certificate) { server in
            try await talks("localhost", server, ServerTrust(der: [certificate.der()]))
        }
    }

    @Test func anAddressThatIsInTheCertificate() async throws {
        let certificate = TestCertificate.address
        try await FakeServer.run(certificate: certificate) { server in
            try await talks("127.0.0.1", server, ServerTrust(der: [certificate.der()]))
        }
    }

    @Test func rootsFromAFile() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "roots-\(UUID().uuidString).pem")
        defer { try? FileManager.default.removeItem(at: file) }
        let both = "\(TestCertificate.address.pem)\n\(TestCertificate.localhost.pem)\n"
        try Data(both.utf8).write(to: file)
        let trust = try ServerTrust(pemFile: file.path)
        try await FakeServer.run(certificate: .localhost) { server in try await talks("localhost", server, trust) }
    }

    /// Though the address that the name leads to is in it.
    @Test func anotherName() async throws {
        let certificate = TestCertificate.address
        try await FakeServer.run(certificate: certificate) { server in
            await isUntrusted("localhost", server, try ServerTrust(der: [certificate.der()]))
        }
    }

    @Test func anotherAddress() async throws {
        let certificate = TestCertificate.localhost
        try await FakeServer.run(certificate: certificate) { server in
            await isUntrusted("127.0.0.1", server, try ServerTrust(der: [certificate.der()]))
        }
    }

    /// The right name, but by nobody whom the system trusts, or whom this client does.
    @Test func anUnknownIssuer() async throws {
        try await FakeServer.run(certificate: .localhost) { server in
            await isUntrusted("localhost", server, .system)
            await isUntrusted("localhost", server, try ServerTrust(der: [TestCertificate.address.der()]))
        }
    }

    /// It is not asked again without encryption.
    @Test func aServerWithoutTLS() async throws {
        try await FakeServer.run { server in
            await #expect(throws: ConnectError.self) { _ = try await connect("127.0.0.1", server, .system) { _ in } }
        }
    }

    @Test func rootsThatAreNone() {
        #expect(throws: ServerTrust.UnreadableRoots()) { try ServerTrust(pemFile: "/nonexistent") }
        #expect(throws: ServerTrust.UnreadableRoots()) { try ServerTrust(der: []) }
        #expect(throws: ServerTrust.UnreadableRoots()) { try ServerTrust(der: [[1, 2, 3]]) }
    }
}

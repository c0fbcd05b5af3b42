import Foundation

/// A certificate authority of a test's own, and a server's certificate by it, made by `openssl`.
package struct Certificates: Sendable {
    package static let isPossible = FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")

    private let folder: URL

    package var authority: String { folder.appending(path: "ca.pem").path }

    package var certificate: String { folder.appending(path: "cert.pem").path }
    package var key: String { folder.appending(path: "key.pem").path }

    /// Runs `body` with certificates for the names in `subject`, such as `IP:127.0.0.1`, and removes them.
    package static func make<Value>(
        for subject: String, _ body: (Certificates) async throws -> Value
    ) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "certificates-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let made = Certificates(folder: folder)
        try made.openssl(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=ca"
                + " -keyout ca.key -out ca.pem")
        try made.openssl(
            "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=server"
                + " -keyout key.pem -out request.pem")
        try Data("subjectAltName=\(subject)\n".utf8).write(to: folder.appending(path: "names"))
        try made.openssl(
            "x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 2"
                + " -extfile names -out cert.pem")
        return try await body(made)
    }

    /// For a Redis server that speaks TLS only, to its replica, too.
    package func arguments(port: Int) -> [String] {
        [
            "--port", "0", "--tls-port", "\(port)", "--tls-cert-file", certificate, "--tls-key-file", key,
            "--tls-ca-cert-file", authority, "--tls-auth-clients", "no", "--tls-replication", "yes",
        ]
    }

    private func openssl(_ arguments: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments.split(separator: " ").map(String.init)
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw RedisServer.Failure(output: "openssl: \(arguments)") }
    }
}

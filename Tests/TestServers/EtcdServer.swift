import Foundation
import Synchronization

/// An etcd of one member on free ports of the loopback interface, in a directory that goes with it.
package final class EtcdServer: Sendable {
    package static let executable = ["/usr/bin/etcd", "/usr/local/bin/etcd", "/opt/homebrew/bin/etcd"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    package static var isInstalled: Bool { executable != nil }

    package let url: String
    private let directory: URL
    private let arguments: [String]
    private let process = Mutex<Process?>(nil)

    /// Runs `body` with a server that answers; says so and does nothing where etcd is not installed.
    ///
    /// - Parameter certificates: it then speaks TLS.
    package static func run(
        certificates: Certificates? = nil, _ body: (EtcdServer) async throws -> Void
    ) async throws {
        guard let executable else {
            print("skipped: etcd is not installed (Debian: etcd-server)")
            return
        }
        let server = try EtcdServer(certificates)
        defer { server.remove() }
        try await server.start(executable)
        try await body(server)
    }

    private init(_ certificates: Certificates?) throws {
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("nearby-etcd-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        url = "\(certificates == nil ? "http" : "https")://127.0.0.1:\(try RedisServer.freePort())"
        let peers = "http://127.0.0.1:\(try RedisServer.freePort())"
        let tls = certificates.map { ["--cert-file", $0.certificate, "--key-file", $0.key] } ?? []
        arguments =
            tls + [
                "--data-dir", directory.appendingPathComponent("data").path, "--listen-client-urls", url,
                "--advertise-client-urls", url, "--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers,
                "--initial-cluster", "default=\(peers)", "--log-level", "error",
            ]
    }

    package func start(_ executable: String? = EtcdServer.executable) async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable ?? "")
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        self.process.withLock { $0 = process }
    }

    /// Ends it at once, as a power cut would.
    package func kill() {
        process.withLock { process in
            guard let running = process else { return }
            Foundation.kill(running.processIdentifier, SIGKILL)
            running.waitUntilExit()
            process = nil
        }
    }

    private func remove() {
        kill()
        try? FileManager.default.removeItem(at: directory)
    }
}

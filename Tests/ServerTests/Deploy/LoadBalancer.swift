import Foundation
import TestServers
import Testing

@testable import Server

/// HAProxy or nginx before some servers, with the configuration of `deploy/`: only addresses, and what a machine with
/// other programs on it needs, are different.
final class LoadBalancer: TestedServer {
    enum Kind: String, CaseIterable, CustomTestStringConvertible {
        case haproxy, nginx

        var executable: String? {
            ["/usr/sbin/", "/usr/bin/", "/usr/local/sbin/", "/usr/local/bin/", "/opt/homebrew/bin/"]
                .map { $0 + rawValue }.first { FileManager.default.isExecutableFile(atPath: $0) }
        }

        static var installed: [Kind] { allCases.filter { $0.executable != nil } }

        var testDescription: String { rawValue }
    }

    /// Where everybody comes in.
    let port: Int
    /// Where the host app's backend comes in.
    let backendPort: Int
    private let process: ChildProcess
    private let directory: TemporaryDirectory

    var now: Int64 { ServerClock.system.wallMilliseconds() }

    private init(port: Int, backendPort: Int, process: ChildProcess, directory: TemporaryDirectory) {
        (self.port, self.backendPort, self.process, self.directory) = (port, backendPort, process, directory)
    }

    /// Returns when it takes connections. It ends when it is released.
    ///
    /// - Parameter changes: texts of the configuration that are something else in this test.
    static func start(
        _ kind: Kind, before servers: [any TestedServer], changes: [String: String] = [:]
    ) async throws -> LoadBalancer {
        let (port, backendPort) = (try RedisServer.freePort(), try RedisServer.freePort())
        let directory = try TemporaryDirectory()
        var text = try shipped(kind)
        for (old, new) in changes {
            guard text.contains(old) else { throw Unexpected("the configuration has no \(old)") }
            text.replace(old, with: new)
        }
        let arguments: [String]
        switch kind {
        case .haproxy:
            text = haproxy(text, port: port, backendPort: backendPort, servers: servers.map(\.port))
            arguments = ["-db", "-f", try directory.write(text, to: "haproxy.cfg")]
        case .nginx:
            text = nginx(text, port: port, backendPort: backendPort, servers: servers.map(\.port))
            _ = try directory.write(text, to: "nearby.conf")
            let main = try directory.write(nginxMain(directory.path), to: "nginx.conf")
            arguments = ["-p", directory.path, "-e", "stderr", "-c", main]
        }
        let process = try await ChildProcess.start(kind.executable ?? kind.rawValue, arguments)
        let balancer = LoadBalancer(port: port, backendPort: backendPort, process: process, directory: directory)
        try await balancer.waitUntilReady()
        return balancer
    }

    private static func shipped(_ kind: Kind) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let name = kind == .haproxy ? "haproxy.cfg" : "nginx.conf"
        return try String(contentsOf: root.appending(path: "deploy/\(name)"), encoding: .utf8)
    }

    private static func haproxy(_ text: String, port: Int, backendPort: Int, servers: [Int]) -> String {
        text.replacing(/bind :80\n/, with: "bind 127.0.0.1:\(port)\n")
            .replacing("bind 127.0.0.1:8081", with: "bind 127.0.0.1:\(backendPort)")
            // Of what this process may open, which is not for a test to raise.
            .replacing(/maxconn 100000/, with: "maxconn 2000")
            .replacing(
                /(\n    server nearby\d .*)+\n/,
                with: servers.enumerated().map { "\n    server nearby\($0) 127.0.0.1:\($1)" }.joined() + "\n")
    }

    private static func nginx(_ text: String, port: Int, backendPort: Int, servers: [Int]) -> String {
        text.replacing("listen 80;", with: "listen 127.0.0.1:\(port);")
            .replacing("listen 127.0.0.1:8081;", with: "listen 127.0.0.1:\(backendPort);")
            .replacing(
                /(\n    server 10\.0\.0\.\d+:8080 .*)+\n/,
                with: servers.map { "\n    server 127.0.0.1:\($0) max_fails=1 fail_timeout=5s;" }.joined() + "\n")
    }

    /// One process, so that there is one to end; all files in its directory.
    private static func nginxMain(_ directory: String) -> String {
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map { "    \($0)_temp_path \(directory)/\($0);" }.joined(separator: "\n")
        return """
            daemon off;
            master_process off;
            pid \(directory)/pid;
            events { worker_connections 1000; }
            http {
                access_log off;
            \(temporary)
                include \(directory)/nearby.conf;
            }
            """
    }

    private func waitUntilReady() async throws {
        let deadline = ContinuousClock.now + .seconds(10)
        while true {
            if let peer = try? await Peer.dial(port: port) { return peer.vanish() }
            guard ContinuousClock.now < deadline else { throw Unexpected("no balancer: \(process.text)") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}

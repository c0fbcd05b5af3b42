import Foundation
import Synchronization

/// A `redis-server` of a test's own: on a free port of the loopback, without files, ended by its process id.
package final class RedisServer: Sendable {
    static let executable = ["/usr/bin/redis-server", "/usr/local/bin/redis-server", "/opt/homebrew/bin/redis-server"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    package static var isInstalled: Bool { executable != nil }

    /// Starts the server, says its process id, and ends it when the test's process is gone, however that ended.
    private static let script = """
        server="$1"; shift; "$server" "$@" & echo "pid $!"; cat > /dev/null; kill -9 $! 2> /dev/null; wait
        """

    private struct Running {
        let identifier: pid_t
        let shell: Process
        let input: Pipe
    }

    package let port: Int
    private let arguments: [String]
    /// Of the certificate, if it speaks TLS only.
    private let authority: String?
    /// What it says when it accepts connections.
    private let greeting: String
    private let running = Mutex<Running?>(nil)

    private init(port: Int, allArguments: [String], authority: String?, greeting: String) {
        self.port = port
        self.authority = authority
        self.arguments = allArguments
        self.greeting = greeting
    }

    convenience init(port: Int, arguments: [String], certificates: Certificates? = nil) {
        let own = ["--port", "\(port)", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        let tls = certificates?.arguments(port: port) ?? []
        self.init(
            port: port, allArguments: own + tls + arguments, authority: certificates?.authority,
            greeting: "Ready to accept connections")
    }

    /// A sentinel, with a file that says all about it and that it writes to.
    static func sentinel(port: Int, file: String, certificates: Certificates?) -> RedisServer {
        let tls = certificates?.arguments(port: port) ?? []
        return RedisServer(
            port: port, allArguments: [file, "--sentinel"] + tls, authority: certificates?.authority,
            greeting: "Sentinel ID is")
    }

    /// Runs `body` with a server that is there, and ends it in any case.
    @discardableResult
    package static func run<Value>(
        _ arguments: [String] = [], port: Int? = nil, _ body: (RedisServer) async throws -> Value
    ) async throws -> Value {
        let server = RedisServer(port: try port ?? freePort(), arguments: arguments)
        try server.start()
        defer { server.kill() }
        return try await body(server)
    }

    /// Runs `body` with several servers.
    @discardableResult
    package static func run<Value>(count: Int, _ body: ([RedisServer]) async throws -> Value) async throws -> Value {
        var servers: [RedisServer] = []
        defer { for server in servers { server.kill() } }
        for _ in 0..<count {
            let server = RedisServer(port: try freePort(), arguments: [])
            servers.append(server)
            try server.start()
        }
        return try await body(servers)
    }

    /// Returns when it accepts connections.
    package func start() throws {
        let shell = Process()
        let (input, output) = (Pipe(), Pipe())
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments =
            ["-c", Self.script, "sh", Self.executable ?? "redis-server"] + arguments
        shell.standardInput = input
        shell.standardError = FileHandle.nullDevice
        shell.standardOutput = output
        try shell.run()
        var text = ""
        while !text.contains(greeting) {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw Failure(output: text) }
            text += String(decoding: data, as: UTF8.self)
        }
        // What it says from now on must not fill the pipe.
        output.fileHandleForReading.readabilityHandler = { handle in
            if handle.availableData.isEmpty { handle.readabilityHandler = nil }
        }
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("pid ") }),
            let identifier = pid_t(line.dropFirst(4))
        else { throw Failure(output: text) }
        running.withLock { $0 = Running(identifier: identifier, shell: shell, input: input) }
    }

    /// `kill -9`, and waits for its end.
    package func kill() {
        guard let running = running.withLock({ $0.take() }) else { return }
        Foundation.kill(running.identifier, SIGKILL)
        try? running.input.fileHandleForWriting.close()
        running.shell.waitUntilExit()
    }

    /// Frozen: connections stay, nothing is answered.
    package func freeze() { signal(SIGSTOP) }

    package func thaw() { signal(SIGCONT) }

    private func signal(_ number: Int32) {
        running.withLock { running in
            if let running { Foundation.kill(running.identifier, number) }
        }
    }

    /// What `redis-cli` prints for a command.
    @discardableResult
    package func command(_ arguments: String...) throws -> String { try command(arguments) }

    @discardableResult
    package func command(_ arguments: [String]) throws -> String {
        let process = Process()
        let tls = authority.map { ["--tls", "--cacert", $0] } ?? []
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["redis-cli", "-p", "\(port)"] + tls + arguments
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    package static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw Failure(output: "no free port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    package struct Failure: Error {
        package let output: String

        package init(output: String) { self.output = output }
    }
}

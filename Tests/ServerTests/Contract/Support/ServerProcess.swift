import Foundation
import TestServers

@testable import Server

/// `nearby serve` in a process of its own, on a free port, with an empty data directory and the keys of ``LiveServer``.
final class ServerProcess: TestedServer {
    let port: Int
    let process: ChildProcess
    private let directory: TemporaryDirectory

    var now: Int64 { ServerClock.system.wallMilliseconds() }

    private init(port: Int, process: ChildProcess, directory: TemporaryDirectory) {
        (self.port, self.process, self.directory) = (port, process, directory)
    }

    /// Returns when it takes connections.
    static func start(_ settings: [SettingName: String] = [:]) async throws -> ServerProcess {
        let directory = try TemporaryDirectory()
        var environment = [
            SettingName.jwtSecret.environment: String(decoding: LiveServer.jwtSecret.bytes, as: UTF8.self),
            SettingName.apiKey.environment: LiveServer.apiKey,
        ]
        for (name, value) in settings { environment[name.environment] = value }
        let process = try await ChildProcess.start(
            executable, ["serve", "--port", "0", "--data", directory.path], environment: environment)
        let line = try await process.line { $0.hasPrefix("listening on ") }
        guard let port = line.split(separator: ":").last.flatMap({ Int($0) }) else { throw Unexpected(line) }
        return ServerProcess(port: port, process: process, directory: directory)
    }

    /// It is built beside the tests.
    static let executable = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("nearby").path
}

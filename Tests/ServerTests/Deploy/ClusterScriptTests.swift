import Foundation
import TestServers
import Testing

@testable import Server

/// `scripts/cluster`, as `make cluster` and `make test-cluster` use it, with fewer servers.
@Suite(
    .enabled(if: ClusterScript.isPossible, "python3, redis-server, etcd, postgresql or haproxy is not installed"))
struct ClusterScriptTests {
    private func cluster(_ command: String, _ directory: String, _ more: [String] = []) async throws -> ChildProcess {
        try await ChildProcess.start(
            "/usr/bin/python3", [ClusterScript.path, command, "--directory", directory] + more)
    }

    private struct Program: Decodable {
        let pid: Int32
        let port: Int?
    }

    private func programs(_ directory: String) throws -> [String: Program] {
        struct State: Decodable { let programs: [String: Program] }
        let data = try Data(contentsOf: URL(filePath: directory + "/state.json"))
        return try JSONDecoder().decode(State.self, from: data).programs
    }

    @Test(.timeLimit(.minutes(3))) func itStartsOnceAndEndsExactlyWhatItStarted() async throws {
        let parent = try TemporaryDirectory()
        let directory = parent.path + "/cluster"
        let options = ["--servers", "2", "--redis", "2", "--no-demo", "--binary", ServerProcess.executable]
        let start = try await cluster("start", directory, options)
        #expect(await start.end() == 0, "\(start.text)")
        let programs = try programs(directory)
        #expect(
            Set(programs.keys) == [
                "redis-1", "redis-2", "redis-standby", "cache-1", "cache-1-replica", "cache-2", "cache-2-replica",
                "sentinel", "etcd", "postgresql", "server-1", "server-2", "balancer",
            ])
        let again = try await cluster("start", directory, options)
        #expect(await again.end() == 1 && again.text.contains("it runs already"), "\(again.text)")

        // Somebody who is in no cluster, with a name like one of its programs.
        let other = try await ServerProcess.start()
        let stop = try await cluster("stop", directory)
        #expect(await stop.end() == 0, "\(stop.text)")
        for (name, program) in programs { #expect(!isRunning(program.pid), "\(name) still runs") }
        #expect(!FileManager.default.fileExists(atPath: directory))
        #expect(try await other.call("GET", "/readyz").status == 200)
        let nothing = try await cluster("stop", directory)
        #expect(await nothing.end() == 0)
    }

    @Test(.timeLimit(.minutes(3))) func aStartThatFailsLeavesNothing() async throws {
        let parent = try TemporaryDirectory()
        let directory = parent.path + "/cluster"
        let start = try await cluster("start", directory, ["--binary", "/bin/false"])
        #expect(await start.end() == 1 && start.text.contains("server-1: ended at once"), "\(start.text)")
        for (name, program) in try programs(directory) { #expect(!isRunning(program.pid), "\(name) still runs") }
        let stop = try await cluster("stop", directory)
        #expect(await stop.end() == 0)
        #expect(!FileManager.default.fileExists(atPath: directory))
    }
}

/// Whether a process runs; one that has ended and that nobody has asked about yet does not.
private func isRunning(_ pid: pid_t) -> Bool {
    guard kill(pid, 0) == 0 else { return false }
    guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return false }
    return stat.split(separator: ")").last?.hasPrefix(" Z") == false
}

/// The script, and whether what it needs is there.
private enum ClusterScript {
    static var isPossible: Bool {
        let places = ["/usr/bin/", "/usr/sbin/", "/usr/local/bin/"]
        let programs = ["python3", "redis-server", "etcd", "haproxy"]
        let isThere = { (path: String) in FileManager.default.isExecutableFile(atPath: path) }
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        return programs.allSatisfy { program in places.contains { isThere($0 + program) } } && !versions.isEmpty
    }

    static let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "scripts/cluster").path
}

import Foundation
import Synchronization

/// A PostgreSQL of a test's own: data and Unix socket in a folder of its own, no network, ended by its process id.
package final class PostgreSQLServer: Sendable {
    /// The folder of the newest release installed; Debian keeps each in its own.
    private static let programs: String? = {
        let releases = "/usr/lib/postgresql"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: releases)) ?? []
        let newest = names.compactMap { Int($0) }.sorted(by: >).map { "\(releases)/\($0)/bin" }
        return (newest + ["/opt/homebrew/bin", "/usr/local/bin", "/usr/bin"])
            .first { FileManager.default.isExecutableFile(atPath: $0 + "/initdb") }
    }()

    package static var isInstalled: Bool { programs != nil }

    /// PostgreSQL does not run as root.
    private static let asItsUser: String = {
        guard getuid() == 0 else { return "" }
        let user = getpwnam("postgres") == nil ? "nobody" : "postgres"
        return "setpriv --reuid=\(user) --regid=$(id -g \(user)) --clear-groups"
    }()

    /// Starts the server, says its process id, and ends it when the test's process is gone, however that ended. Its
    /// output ends with its last process.
    private static let script = """
        programs="$1" folder="$2" removal="$3"; shift 3
        \(asItsUser) "$programs/postgres" -D "$folder/data" -k "$folder" "$@" 2>&1 & echo "pid $!"
        exec > /dev/null; cat > /dev/null; kill -QUIT $! 2> /dev/null; wait; $removal
        """

    private struct Running {
        let identifier: pid_t
        let shell: Process
        let input: Pipe
        let end: DispatchSemaphore
    }

    private let folder: String
    /// If it listens at one.
    package let port: Int?
    private let settings: [String]
    private let running = Mutex<Running?>(nil)
    private let databases = Atomic<Int>(0)

    /// - Parameters:
    ///   - fsync: whether what it acknowledges survives the end of all its processes.
    ///   - certificates: lets it listen at 127.0.0.1, with TLS and passwords.
    private init(fsync: Bool, certificates: Certificates? = nil) throws {
        let memory = "/dev/shm"
        let parent = FileManager.default.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
        folder = parent + "/nearby-pg-" + UUID().uuidString.prefix(8)
        port = try certificates.map { _ in try RedisServer.freePort() }
        settings =
            [
                "-c", "listen_addresses=\(certificates == nil ? "" : "127.0.0.1")", "-c", "max_connections=200", "-c",
                "shared_buffers=32MB",
                // Shared memory as files of the folder, so that `kill -9` leaves nothing behind.
                "-c", "dynamic_shared_memory_type=mmap",
            ]
            + (fsync ? [] : ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"])
            + (port.map { ["-c", "port=\($0)", "-c", "ssl=on"] } ?? [])
        try initialize()
        try certificates.map(install)
    }

    /// Runs `body` with a server that is there, and ends it in any case.
    @discardableResult
    package static func run<Value>(
        fsync: Bool = false, certificates: Certificates? = nil, _ body: (PostgreSQLServer) async throws -> Value
    ) async throws -> Value {
        let server = try PostgreSQLServer(fsync: fsync, certificates: certificates)
        defer { server.remove() }
        try server.start()
        return try await body(server)
    }

    /// One for all tests of a process, each with a database of its own; it ends with the process.
    package static var shared: PostgreSQLServer {
        get throws { try common.get() }
    }

    private static let common = Result {
        let server = try PostgreSQLServer(fsync: false)
        try server.start(removal: "rm -rf \(server.folder)")
        return server
    }

    // MARK: Databases

    /// A new, empty database.
    package func makeDatabase() throws -> String {
        let name = "test\(databases.add(1, ordering: .relaxed).newValue)"
        try command("CREATE DATABASE \(name) STRATEGY file_copy")
        return name
    }

    /// The address of a database, for clients of this machine.
    package func url(_ database: String = "postgres") -> String {
        "postgres://\(Self.superuser)@/\(database)?host=\(folder)" + (port.map { "&port=\($0)" } ?? "")
    }

    /// What `psql` prints for a statement.
    @discardableResult
    package func command(_ sql: String, in database: String = "postgres") throws -> String {
        try Self.run("/bin/sh", ["-c", #""$0" -XAtqc "$1" "$2""#, Self.programs! + "/psql", sql, url(database)])
    }

    private static let superuser = "tester"

    // MARK: Life

    private func initialize() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Self.run("/bin/sh", ["-c", Self.initialization, Self.programs!, folder, Self.superuser])
    }

    private static let initialization = """
        [ "$(id -u)" != 0 ] || chown $(\(asItsUser) id -u) "$1"
        chmod 700 "$1"; cd "$1"
        \(asItsUser) "$0/initdb" -D "$1/data" -U "$2" -A trust -E UTF8 --no-locale --no-sync --no-instructions
        """

    /// The key has to be its user's. On its port it asks for TLS and a password.
    private func install(_ certificates: Certificates) throws {
        try Self.run("/bin/sh", ["-c", Self.installation, folder, certificates.certificate, certificates.key])
    }

    private static let installation = """
        cd "$0/data"; cp "$1" server.crt; cp "$2" server.key; chmod 600 server.key
        printf 'local all all trust\\nhostssl all all 127.0.0.1/32 scram-sha-256\\n' > pg_hba.conf
        [ "$(id -u)" != 0 ] || chown $(\(asItsUser) id -u) server.crt server.key
        """

    /// Returns when it accepts connections.
    package func start() throws { try start(removal: ":") }

    private func start(removal: String) throws {
        let shell = Process()
        let (input, output, end) = (Pipe(), Pipe(), DispatchSemaphore(value: 0))
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", Self.script, "sh", Self.programs!, folder, removal] + settings
        shell.standardInput = input
        shell.standardError = FileHandle.nullDevice
        shell.standardOutput = output
        try shell.run()
        var text = ""
        while !text.contains("ready to accept connections") {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw Failure(output: text) }
            text += String(decoding: data, as: UTF8.self)
        }
        // What it says from now on must not fill the pipe. A thread, because waiting for the end blocks those of tasks.
        Thread.detachNewThread {
            while !output.fileHandleForReading.availableData.isEmpty {}
            end.signal()
        }
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("pid ") }),
            let identifier = pid_t(line.dropFirst(4))
        else { throw Failure(output: text) }
        running.withLock { $0 = Running(identifier: identifier, shell: shell, input: input, end: end) }
    }

    /// An orderly stop that disconnects clients.
    package func stop() { end { Foundation.kill($0, SIGINT) } }

    /// `kill -9` of all its processes, and waits for their end.
    package func kill() {
        end { identifier in
            let children = Self.children(of: identifier)
            for process in [identifier] + children { Foundation.kill(process, SIGKILL) }
        }
    }

    /// Frozen with all its processes: connections stay, nothing is answered.
    package func freeze() { signal(SIGSTOP) }

    package func thaw() { signal(SIGCONT) }

    private func signal(_ number: Int32) {
        running.withLock { running in
            guard let running else { return }
            for process in [running.identifier] + Self.children(of: running.identifier) {
                Foundation.kill(process, number)
            }
        }
    }

    private func end(_ signal: (pid_t) -> Void) {
        guard let running = running.withLock({ $0.take() }) else { return }
        signal(running.identifier)
        running.end.wait()
        try? running.input.fileHandleForWriting.close()
        running.shell.waitUntilExit()
    }

    private func remove() {
        kill()
        try? FileManager.default.removeItem(atPath: folder)
    }

    private static func children(of parent: pid_t) -> [pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.filter { process in
            guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
                let fields = status.split(separator: ")").last?.split(separator: " "), fields.count > 1
            else { return false }
            return pid_t(fields[1]) == parent
        }
    }

    @discardableResult
    private static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(output: text) }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    struct Failure: Error {
        let output: String
    }
}

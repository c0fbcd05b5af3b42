import Channels
import Foundation
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import Testing

@testable import Server

/// A whole server in this process, on a port of its own, with an empty data directory unless another one is given.
final class LiveServer: TestedServer {
    static let jwtSecret = Secret("a secret of the contract tests, long enough")
    static let apiKey = "the key of the contract tests"
    /// Without the rates and intervals that would make tests wait.
    static let quick: [SettingName: String] = [
        .minimumInterval: "0ms", .messageRate: "100000", .messageBurst: "1000000", .threads: "1", .drain: "0s",
        .drainNotice: "0s",
    ]

    let port: Int
    let clock: ServerClock
    private let group: ServiceGroup

    /// The server of the running suite; see `.server(…)`.
    @TaskLocal private static var shared: LiveServer?
    static var current: LiveServer { shared! }

    private init(port: Int, clock: ServerClock, group: ServiceGroup) {
        self.port = port
        self.clock = clock
        self.group = group
    }

    /// Runs a server while `body` does.
    static func run(
        _ flags: [SettingName: String] = quick, in directory: String? = nil, clock: ServerClock = .system,
        logger: Logger = Running.silent, _ body: @Sendable @escaping (LiveServer) async throws -> Void
    ) async throws {
        let own = try TemporaryDirectory()
        let service = Running(
            settings: try settings(flags, directory: directory ?? own.path), clock: clock, logger: logger,
            ready: AsyncStream.makeStream(of: ServerAddress.self))
        let group = ServiceGroup(services: [service], logger: Running.silent)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { service.ready.continuation.finish() }
                try await group.run()
            }
            for await address in service.ready.stream {
                let server = LiveServer(port: address.port, clock: clock, group: group)
                try await body(server)
                await server.stop()
                break
            }
            try await tasks.waitForAll()
        }
        withExtendedLifetime(own) {}
    }

    fileprivate static func lend(_ flags: [SettingName: String], _ body: @Sendable @escaping () async throws -> Void)
        async throws
    {
        try await run(flags) { server in try await $shared.withValue(server, operation: body) }
    }

    /// Stops it as SIGTERM would; ``run(_:in:clock:_:)`` returns when it has ended.
    func stop() async { await group.triggerGracefulShutdown() }

    static func settings(_ flags: [SettingName: String], directory: String) throws -> Settings {
        var flags = flags
        flags[.data] = directory
        flags[.port] = flags[.port] ?? "0"
        var settings = try Settings.load(flags: flags, environment: [:]).settings
        settings.keys.jwtSecret = jwtSecret
        settings.keys.apiKey = Secret(apiKey)
        return settings
    }

    var now: Int64 { clock.wallMilliseconds() }
}

/// A server as a service, which can be told to stop without a signal.
struct Running: Service {
    let settings: Settings
    let clock: ServerClock
    let logger: Logger
    let ready: (stream: AsyncStream<ServerAddress>, continuation: AsyncStream<ServerAddress>.Continuation)
    static let silent = Logger(label: "contract") { _ in SwiftLogNoOpLogHandler() }

    func run() async throws {
        try await NearbyServer(settings: settings, logger: logger, clock: clock).run { [ready] in
            ready.continuation.yield($0)
        }
    }
}

/// Runs one server for all tests of a suite, which then use different users.
struct ServerTrait: SuiteTrait, TestScoping {
    let flags: [SettingName: String]

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await withoutActuallyEscaping(function) { function in
            try await LiveServer.lend(flags, function)
        }
    }
}

extension Trait where Self == ServerTrait {
    /// A server with ``LiveServer/quick`` settings and these; ``LiveServer/current`` in the suite's tests.
    static func server(_ flags: [SettingName: String] = [:]) -> Self {
        ServerTrait(flags: LiveServer.quick.merging(flags) { $1 })
    }
}

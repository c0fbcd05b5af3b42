import ArgumentParser
import Foundation
import Friends
import Logging
import NearbyClient
import Server

/// `nearby serve --demo`: a server with the demo's people in it, in a directory that is gone afterwards unless one
/// was asked for.
struct DemoServer {
    private let settings: Settings
    /// Whether the data directory goes with the demo.
    private let isTemporary: Bool
    private let people: DemoPeople
    /// Where they connect; `nil`: at this server. Empty: another process has them.
    private let servers: [ServerURL]?
    /// Where people come in through the map page.
    private let reception: DemoReception

    /// - Parameter data: the directory that was asked for on the command line. One that is only configured holds
    ///   real people, perhaps, and is left alone.
    /// - Throws: `ValidationError` if the server would be open to other machines.
    init(settings: Settings, data: String?) throws {
        guard Self.isLoopback(settings.host) else {
            throw ValidationError(
                "--host: must be 127.0.0.1, ::1 or localhost with --demo, whose people are not for others")
        }
        people = DemoPeople(seed: Demo.seed)
        servers = try Self.servers(settings.demoServers)
        reception = DemoReception(people: people, isTheirs: servers?.isEmpty != true)
        var settings = settings
        // No load balancer stands before a server whose people are its own.
        if servers == nil { settings.drainNotice = .zero }
        isTemporary = data == nil
        // One that is shared is for the demo of a cluster alone.
        if servers == nil { settings.database = nil }
        settings.dataDirectory = data ?? Self.temporaryDirectory()
        self.settings = settings
    }

    /// What the setting `demo_servers` says.
    static func servers(_ names: [String]) throws -> [ServerURL]? {
        if names.isEmpty { return nil }
        if names == ["none"] { return [] }
        return try names.map { name in
            guard let url = ServerURL(name) else {
                throw ValidationError("demo_servers: must be ws:// URLs with commas, or none")
            }
            return url
        }
    }

    static func isLoopback(_ host: String) -> Bool { Loopback.isName(host) }

    private static func temporaryDirectory() -> String {
        let name = "nearby-demo-\(UUID().uuidString)"
        return FileManager.default.temporaryDirectory.appendingPathComponent(name).path
    }

    /// Serves until the process is told to stop.
    ///
    /// - Parameter announce: called once when the server takes connections.
    func run(logger: Logger, announce: @escaping @Sendable (ServerAddress) -> Void) async throws {
        defer { if isTemporary { try? FileManager.default.removeItem(atPath: settings.dataDirectory) } }
        try await addPeople()
        var quiet = logger
        quiet.logLevel = .warning
        let server = NearbyServer(settings: settings, logger: quiet, demo: reception.desk, ownsProcess: true)
        let (addresses, ready) = AsyncStream.makeStream(of: ServerAddress.self, bufferingPolicy: .bufferingNewest(1))
        try await withThrowingTaskGroup(of: Part.self) { tasks in
            tasks.addTask {
                defer { ready.finish() }
                try await server.run { address in
                    announce(address)
                    ready.yield(address)
                }
                return .server
            }
            tasks.addTask {
                if let address = await addresses.first(where: { _ in true }), servers?.isEmpty != true {
                    try await runDemo(at: address)
                }
                return .demo
            }
            defer { tasks.cancelAll() }
            while let ended = try await tasks.next(), ended != .server {}
        }
    }

    private enum Part { case server, demo }

    private func addPeople() async throws {
        try await settings.withStores { stores in
            try await stores.users.put(people.everybody.map { try Profile(id: $0.id, name: $0.name) })
            try await stores.friendships.importFriendships(people.friendships)
        }
    }

    private func runDemo(at address: ServerAddress) async throws {
        let keys = try Keys.load(configured: settings.keys, dataDirectory: settings.dataDirectory).keys
        DemoScreen.write(
            DemoWelcome(
                command: CommandLine.arguments[0], authority: address.authority, data: settings.dataDirectory,
                isTemporary: isTemporary, guest: people.guest.id
            ).description)
        try await Demo(
            people: people, reception: reception, servers: servers ?? [ServerURL("ws://\(address.authority)")!],
            issuer: TokenIssuer(secret: keys.jwtSecret), serverRadius: settings.radius
        ).run()
    }
}

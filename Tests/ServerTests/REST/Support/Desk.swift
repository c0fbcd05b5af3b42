import Channels
import Friends
import Geo
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NIOPosix

@testable import Server

/// The router of a server with one event loop, stores in memory (unless others are given) and a manual clock.
final class Desk: Sendable {
    static let keys = Keys(
        jwtSecret: Secret("a secret of the tests, long enough"), apiKey: Secret("the key of the backend"))

    let core: ServerCore
    let routes: Routes
    let clock: ManualClock
    private let client: any TestClientProtocol

    private init(core: ServerCore, routes: Routes, clock: ManualClock, client: any TestClientProtocol) {
        self.core = core
        self.routes = routes
        self.clock = clock
        self.client = client
    }

    static func open(
        _ stores: Stores = .inMemory(), demo: DemoDesk? = nil, environment: [String: String] = [:],
        _ body: @escaping @Sendable (Desk) async throws -> Void
    ) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            try await use(stores, demo, environment, group, body)
        } catch {
            try await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    private static func use(
        _ stores: Stores, _ demo: DemoDesk?, _ environment: [String: String], _ group: MultiThreadedEventLoopGroup,
        _ body: @escaping @Sendable (Desk) async throws -> Void
    ) async throws {
        let clock = ManualClock()
        let settings = try Settings.load(flags: [:], environment: environment).settings
        let core = try ServerCore(
            settings: settings, keys: keys,
            verifier: try TokenVerifier(keys: keys, jwksFile: nil, rules: settings.tokens), stores: stores,
            loops: [LoopHandle(group.next())], clock: clock.serverClock, logger: Logger(label: "tests"))
        try await core.loops[0].eventLoop.submit {
            core.loops[0].install(ServerLoop(core: core, index: 0))
        }.get()
        let routes = Routes(core: core, demo: demo)
        let app = Application(router: routes.router())
        try await app.test(.router) { client in
            try await body(Desk(core: core, routes: routes, clock: clock, client: client))
        }
        try await core.loops[0].eventLoop.submit { core.loops[0].stop() }.get()
    }

    // MARK: Calls

    /// Whose credentials a call carries.
    enum Credentials {
        case none, backend, wrongKey, badToken, expiredToken
        case user(String)
    }

    func call(
        _ method: HTTPRequest.Method, _ uri: String, as credentials: Credentials = .backend,
        headers: HTTPFields = [:], body: String? = nil
    ) async throws -> Reply {
        var headers = headers
        if body != nil, headers[.contentType] == nil { headers[.contentType] = "application/json" }
        switch credentials {
        case .none: break
        case .backend: headers[.apiKey] = "the key of the backend"
        case .wrongKey: headers[.apiKey] = "the key of the Backend"
        case .badToken: headers[.authorization] = "Bearer " + token("anna").dropLast() + "!"
        case .expiredToken: headers[.authorization] = "Bearer " + token("anna", lifetime: -3_600_000)
        case .user(let id): headers[.authorization] = "Bearer " + token(id)
        }
        let response = try await client.execute(
            uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        return Reply(response)
    }

    func token(_ id: String, lifetime: Int64 = 3_600_000) -> String {
        let now = clock.wall
        return TokenIssuer(secret: Self.keys.jwtSecret).token(
            for: UserID(id)!, expires: now + lifetime, issued: now - 7_200_000)
    }

    // MARK: Positions

    /// Has a user heard at a place, as if one of its sessions had sent it.
    func place(_ id: String, _ latitude: Double, _ longitude: Double) {
        let users = core.engine.users
        _ = users.accept(
            users.index(of: UserID(id)!), Coordinate(latitude: latitude, longitude: longitude)!,
            timestamp: clock.wall, heard: clock.monotonic)
    }
}

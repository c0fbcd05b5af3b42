import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle
import WebSocket

@testable import Server

/// A server of one port on a free port: `/` and `/slow` are REST, `/ws` echoes, `/closed` refuses.
struct PortServer {
    let address: SocketAddress
    private let group: ServiceGroup
    /// Lets `/slow` answer.
    let slow: AsyncStream<Void>.Continuation

    func stop() async { await group.triggerGracefulShutdown() }

    static func run(
        limits: PortLimits = PortLimits(), _ body: @Sendable @escaping (PortServer) async throws -> Void
    ) async throws {
        let (started, start) = AsyncStream.makeStream(of: SocketAddress.self)
        let (slow, release) = AsyncStream.makeStream(of: Void.self)
        let logger = Logger(label: "port") { _ in SwiftLogNoOpLogHandler() }
        let app = Application(
            router: router(slow: slow), server: .onePort(limits: limits, decide: decide, connect: connect),
            configuration: .init(address: .hostname("127.0.0.1", port: 0), backlog: PortLimits.listenBacklog),
            onServerRunning: { listener in
                try? await AcceptPause.install(on: listener)
                start.yield(listener.localAddress!)
            },
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton), logger: logger)
        let group = ServiceGroup(services: [app], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await address in started {
                let server = PortServer(address: address, group: group, slow: release)
                try await body(server)
                await server.stop()
                break
            }
            try await tasks.waitForAll()
        }
    }

    private static func router(slow: AsyncStream<Void>) -> Router<BasicRequestContext> {
        let router = Router()
        router.get("/") { _, _ in "hello" }
        router.get("/slow") { _, _ in
            for await _ in slow { break }
            return "at last"
        }
        router.post("/") { request, _ in
            let body = try await request.body.collect(upTo: 1024)
            return String(buffer: body)
        }
        return router
    }

    private static let decide: @Sendable (HTTPRequestHead, any Channel) -> UpgradeDecision = { head, _ in
        switch head.uri {
        case "/ws": .accept
        case "/closed": .refuse(UpgradeRefusal(.forbidden, detail: "not from there"))
        default: .plainHTTP
        }
    }

    private static let connect: @Sendable (any Channel, HTTPRequestHead) -> WebSocketConnection = { channel, _ in
        let connection = WebSocketConnection(loop: WebSocketLoop(eventLoop: channel.eventLoop))
        connection.delegate = Echo(connection)
        return connection
    }
}

private final class Echo: WebSocketDelegate {
    private let connection: WebSocketConnection
    private let frame = FrameBuffer()

    init(_ connection: WebSocketConnection) { self.connection = connection }

    func opened() {}
    func becameWritable() {}
    func closed(code: CloseCode, wasClean: Bool) {}
    func received(binary: UnsafeRawBufferPointer) {}

    func received(text: UnsafeRawBufferPointer) {
        frame.reset()
        frame.append(bytes: text)
        connection.send(text: frame)
    }
}

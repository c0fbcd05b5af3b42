import HTTPTypes
import NIOCore
import NIOHTTP1
import WebSocket

/// Which requests become WebSocket connections.
struct Upgrade: Sendable {
    static let sessionPath = "/v1/ws"
    static let echoPath = "/v1/echo"

    let core: ServerCore

    func decide(_ head: HTTPRequestHead) -> UpgradeDecision {
        let path = Self.path(of: head)
        guard path == Self.sessionPath || (path == Self.echoPath && core.settings.echo) else { return .plainHTTP }
        guard Origin.isAllowed(head.headers, allowed: core.settings.origins) else {
            return .refuse(UpgradeRefusal(.forbidden, detail: "this origin may not connect"))
        }
        // Whoever is between us and the client may try another server.
        guard !core.drainOrder.isGiven else { return .refuse(.draining) }
        return .accept
    }

    func connect(_ channel: any Channel, _ head: HTTPRequestHead) -> WebSocketConnection {
        let loop = core.loops.first { $0.eventLoop === channel.eventLoop }!.loop
        if Self.path(of: head) == Self.echoPath {
            let connection = WebSocketConnection(loop: loop.echoSockets)
            connection.delegate = EchoSession(connection: connection, frame: loop.echoFrame)
            return connection
        }
        let connection = WebSocketConnection(loop: loop.webSockets)
        connection.delegate = Session(loop: loop, connection: connection)
        return connection
    }

    private static func path(of head: HTTPRequestHead) -> Substring {
        head.uri.prefix { $0 != "?" }
    }
}

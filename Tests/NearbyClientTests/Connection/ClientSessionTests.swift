import Geo
import NIOCore
import NIOEmbedded
import Testing
import WebSocket

@testable import NearbyClient

@Suite struct ClientSessionTests {
    private func location(_ timestamp: Int64) -> ClientMessage {
        .location(Fix(position: Samples.at(1, 2), timestamp: timestamp))
    }

    @Test func whileNothingCanBeSentOnlyTheNewestLocationWaits() throws {
        let dam = Dam()
        let channel = EmbeddedChannel(handler: dam)
        let loop = ClientLoop(channel.eventLoop)
        let connection = WebSocketConnection(loop: loop.sockets)
        let session = ClientSession(loop: loop, connection: connection) { _ in }
        connection.delegate = session
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        try channel.pipeline.syncOperations.addHandler(connection)

        dam.shut()
        for timestamp in 1...4 { session.send(location(Int64(timestamp)), seq: nil) }
        session.send(.more(cursor: "c"), seq: nil)
        dam.open()
        #expect(dam.frames == 3)

        dam.shut()
        for timestamp in 5...7 { session.send(location(Int64(timestamp)), seq: nil) }
        session.send(location(8), seq: 1)
        dam.open()
        #expect(dam.frames == 5)
    }
}

/// Stands for a socket that takes nothing for a while; counts what it took.
private final class Dam: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    private(set) var frames = 0
    private var isShut = false
    private var held: [EventLoopPromise<Void>?] = []

    func shut() { isShut = true }

    func open() {
        isShut = false
        let held = held
        self.held = []
        for promise in held { take(promise) }
    }

    private func take(_ promise: EventLoopPromise<Void>?) {
        frames += 1
        promise?.succeed()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if isShut { held.append(promise) } else { take(promise) }
    }
}

import NIOCore
import NIOEmbedded

@testable import ChannelBus

/// A link whose connections are embedded ones, in virtual time.
final class LinkStage {
    final class Owner {
        enum Event: Equatable {
            case opened(Int64), failed(RedisFailure.Code), received(PlainReply)
        }

        var events: [Event] = []
    }

    /// What the connector made; on the test's thread only.
    private final class Channels {
        var all: [EmbeddedChannel] = []
    }

    let loop = EmbeddedEventLoop()
    let owner = Owner()
    let link: RedisLink
    private let made: NIOLoopBound<Channels>

    init(url: String, purpose: RedisConnection.Purpose = .commands) throws {
        let made = NIOLoopBound(Channels(), eventLoop: loop)
        self.made = made
        let connector = RedisConnector { connection, loop in
            guard let loop = loop as? EmbeddedEventLoop else { fatalError("another loop") }
            let channel = EmbeddedChannel(handler: connection, loop: loop)
            made.value.all.append(channel)
            channel.connect(to: try! SocketAddress(ipAddress: "127.0.0.1", port: 7000), promise: nil)
            return loop.makeSucceededFuture(channel)
        }
        let environment = LinkEnvironment(
            loop: loop, settings: BusSettings(), connector: connector, clientName: "nearby-test",
            generator: SeededRandom(7))
        let events = RedisLinkEvents(
            opened: { [owner] in owner.events.append(.opened($0)) },
            failed: { [owner] in owner.events.append(.failed($0.code)) },
            received: { [owner] in owner.events.append(.received(PlainReply($0))) }, paused: {})
        link = RedisLink(try RedisURL(url), purpose: purpose, environment, events)
    }

    var channels: [EmbeddedChannel] { made.value.all }

    /// What the link has written since the last call.
    func sent() throws -> String {
        var text = ""
        while let buffer = try channels.last?.readOutbound(as: ByteBuffer.self) { text += String(buffer: buffer) }
        return text
    }

    func say(_ text: String) throws {
        try channels.last?.writeInbound(ByteBuffer(string: text))
    }

    /// The server hangs up.
    func hangUp() {
        channels.last?.close(promise: nil)
    }

    /// Starts the link and gives the answers that open it.
    func open() throws {
        link.start()
        _ = try sent()
        try say("*0\r\n+OK\r\n*2\r\n$1\r\n5\r\n$1\r\n0\r\n")
    }
}

import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// A cache that compares nothing: a `PSETEX` for each state, those of one turn of the loop in one write. The least that
/// Redis can be asked to do.
final class PlainWriter: Pair, Sendable {
    /// Counts the lines: each command is answered by one.
    private final class Answers: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let count: Counts

        init(_ count: Counts) { self.count = count }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let lines = unwrapInboundIn(data).readableBytesView.count { $0 == UInt8(ascii: "\n") }
            count.value.add(lines, ordering: .relaxed)
        }
    }

    private final class Counts: Sendable {
        let value = Atomic<Int>(0)
    }

    /// As long as the cache's values.
    private static let value = String(repeating: "v", count: 34)

    let speaker: any EventLoop
    let hearer: any EventLoop
    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel
    private let answers = Counts()
    private let published = Counts()
    private let outgoing = Mutex(ByteBuffer())

    init(port: Int) throws {
        group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        (speaker, hearer) = (group.next(), group.next())
        let answers = answers
        channel = try ClientBootstrap(group: speaker).channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Answers(answers))
                }
            }.connect(host: "127.0.0.1", port: port).wait()
    }

    var delivered: Int { answers.value.load(ordering: .relaxed) }
    var sent: Int { delivered }
    var waiting: Int { published.value.load(ordering: .relaxed) - delivered }

    func publish(_ user: Int, timestamp: Int64) {
        published.value.add(1, ordering: .relaxed)
        let key = "plain:user-\(100_000_000 + user)"
        let command = "*4\r\n$6\r\nPSETEX\r\n$\(key.utf8.count)\r\n\(key)\r\n$6\r\n600000\r\n$34\r\n\(Self.value)\r\n"
        let isFirst = outgoing.withLock { outgoing in
            outgoing.writeString(command)
            return outgoing.readableBytes == command.utf8.count
        }
        guard isFirst else { return }
        speaker.execute { [self] in
            channel.writeAndFlush(outgoing.withLock { $0.readSlice(length: $0.readableBytes)! }, promise: nil)
        }
    }

    func stop() throws {
        try channel.close().wait()
        try group.syncShutdownGracefully()
    }
}

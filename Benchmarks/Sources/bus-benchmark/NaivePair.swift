import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// What is written first by everybody: a PUBLISH, a line of JSON and a write for each state.
struct NaivePair: Pair {
    struct NotSubscribed: Error {}

    /// Counts the messages by the beginning that each of them has.
    private final class Messages: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private static let mark = Array("$7\r\nmessage".utf8)
        private let count: Counts
        private let subscriptions: Bool
        private var matched = 0

        init(_ count: Counts, subscriptions: Bool) {
            self.count = count
            self.subscriptions = subscriptions
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let bytes = unwrapInboundIn(data)
            var found = 0
            bytes.withUnsafeReadableBytes { bytes in
                for byte in bytes {
                    if subscriptions {
                        matched = byte == Self.mark[matched] ? matched + 1 : byte == Self.mark[0] ? 1 : 0
                        if matched == Self.mark.count { (found, matched) = (found + 1, 0) }
                    } else if byte == UInt8(ascii: ":") {
                        found += 1
                    }
                }
            }
            count.value.add(found, ordering: .relaxed)
        }
    }

    private final class Counts: Sendable {
        let value = Atomic<Int>(0)
    }

    let speaker: any EventLoop
    let hearer: any EventLoop
    private let groups: [MultiThreadedEventLoopGroup]
    private let out: any Channel
    private let into: any Channel
    private let messages = Counts()
    private let replies = Counts()
    private let published = Counts()

    init(port: Int, users: Int) throws {
        groups = [MultiThreadedEventLoopGroup(numberOfThreads: 1), MultiThreadedEventLoopGroup(numberOfThreads: 1)]
        (speaker, hearer) = (groups[0].next(), groups[1].next())
        out = try Self.connect(speaker, port: port, replies, subscriptions: false)
        into = try Self.connect(hearer, port: port, messages, subscriptions: true)
        for user in 0..<users { into.write(ByteBuffer(string: "SUBSCRIBE user:\(user)\r\n"), promise: nil) }
        // Answered after all of them.
        try into.writeAndFlush(ByteBuffer(string: "SUBSCRIBE ready\r\n")).wait()
        try waitUntilSubscribed()
    }

    private static func connect(
        _ loop: any EventLoop, port: Int, _ counts: Counts, subscriptions: Bool
    ) throws -> any Channel {
        try ClientBootstrap(group: loop).channelOption(.tcpOption(.tcp_nodelay), value: 1).channelInitializer {
            channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(Messages(counts, subscriptions: subscriptions))
            }
        }.connect(host: "127.0.0.1", port: port).wait()
    }

    /// Publishes until a message comes through the last channel.
    private func waitUntilSubscribed() throws {
        var asked = 0
        while delivered == 0, asked < 10_000 {
            try out.writeAndFlush(ByteBuffer(string: "PUBLISH ready 1\r\n")).wait()
            asked += 1
            usleep(1_000)
        }
        guard delivered > 0 else { throw NotSubscribed() }
        while waiting + asked > 0 { usleep(1_000) }
        messages.value.store(0, ordering: .relaxed)
        replies.value.store(0, ordering: .relaxed)
    }

    var delivered: Int { messages.value.load(ordering: .relaxed) }
    var sent: Int { replies.value.load(ordering: .relaxed) }
    var waiting: Int { published.value.load(ordering: .relaxed) - replies.value.load(ordering: .relaxed) }

    func publish(_ user: Int, timestamp: Int64) {
        let state = #"{"lat":40.7128,"lon":-74.006,"ts":\#(timestamp),"epoch":3}"#
        let name = "user:\(user)"
        published.value.add(1, ordering: .relaxed)
        out.writeAndFlush(
            ByteBuffer(
                string:
                    "*3\r\n$7\r\nPUBLISH\r\n$\(name.utf8.count)\r\n\(name)\r\n$\(state.utf8.count)\r\n\(state)\r\n"),
            promise: nil)
    }

    func stop() throws {
        try out.close().wait()
        try into.close().wait()
        for group in groups { try group.syncShutdownGracefully() }
    }
}

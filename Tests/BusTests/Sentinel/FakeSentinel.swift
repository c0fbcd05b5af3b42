import NIOCore
import NIOPosix
import Synchronization

/// Something that accepts connections where a sentinel should be, and answers whatever is asked with the same bytes.
final class FakeSentinel: Sendable {
    /// What it was asked, one text a connection.
    private let questions = Mutex<[String]>([])
    private let channel = Mutex<(any Channel)?>(nil)

    /// - Parameter reply: `nil`: nothing, ever; empty: hangs up.
    static func run<Value>(_ reply: String?, _ body: (FakeSentinel) async throws -> Value) async throws -> Value {
        let fake = FakeSentinel()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Answering(fake, reply))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        fake.channel.withLock { $0 = channel }
        do {
            let value = try await body(fake)
            try await channel.close()
            return value
        } catch {
            try? await channel.close()
            throw error
        }
    }

    var port: Int { channel.withLock { $0?.localAddress?.port } ?? 0 }
    var asked: [String] { questions.withLock { $0 } }

    private final class Answering: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let fake: FakeSentinel
        private let reply: String?

        init(_ fake: FakeSentinel, _ reply: String?) {
            self.fake = fake
            self.reply = reply
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let text = String(buffer: unwrapInboundIn(data))
            fake.questions.withLock { $0.append(text) }
            guard let reply else { return }
            guard !reply.isEmpty else { return context.close(promise: nil) }
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: reply)), promise: nil)
        }
    }
}

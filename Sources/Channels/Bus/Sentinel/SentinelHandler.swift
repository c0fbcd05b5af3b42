internal import NIOCore

/// One connection to a sentinel, for one question. Lives on its event loop.
final class SentinelHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// No address and no error that a sentinel has to tell is longer.
    static let maximumBytes = 4_096
    private static let maximumElements = 16

    private let question: SentinelQuestion
    private let answer: EventLoopPromise<RedisEndpoint>
    private let reader = RESPReader(maximumBytes: maximumBytes, maximumElements: maximumElements)

    /// - Parameter answer: fulfilled once; a further answer is ignored.
    init(_ question: SentinelQuestion, answer: EventLoopPromise<RedisEndpoint>) {
        self.question = question
        self.answer = answer
    }

    func channelActive(context: ChannelHandlerContext) {
        var writer = CommandWriter()
        question.write(into: &writer)
        var buffer = context.channel.allocator.buffer(capacity: writer.count)
        writer.withBytes { _ = buffer.writeBytes($0) }
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        unwrapInboundIn(data).withUnsafeReadableBytes { bytes in
            do throws(RESPError) {
                try reader.feed(bytes) { reply in
                    answer.completeWith(question.read(reply).mapError { $0 })
                    return false
                }
            } catch {
                answer.fail(RedisFailure(.malformed, "the sentinel's answer is none"))
            }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        answer.fail(RedisFailure(.closed, "by the sentinel"))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        answer.fail(RedisFailure(RedisConnection.isTrust(error) ? .untrusted : .closed, "sentinel: \(error)"))
        context.close(promise: nil)
    }
}

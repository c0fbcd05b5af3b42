import NIOCore

/// What a client hears.
enum Heard: Equatable, Sendable {
    /// The head of the server's HTTP answer.
    case head(String)
    case text(String)
    case binary([UInt8])
    case pong([UInt8])
    /// The end: the code of the server's close frame, `nil` if there was none, and what came without a frame.
    case closed(Int?, rest: String)
}

/// The end of a client's pipeline: takes the server's bytes apart and keeps what was heard until it is asked for.
/// Answers pings and close frames. On one event loop.
final class Ear: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum Phase { case head, frames, body, over }

    /// Whether a close frame is answered, as it should be.
    private let answersClose: Bool
    private var phase = Phase.head
    private var input: [UInt8] = []
    private var heard: [Heard] = []
    private var taken = 0
    private var waiting: EventLoopPromise<Heard>?
    private var code: Int?

    init(answersClose: Bool) { self.answersClose = answersClose }

    // MARK: Asking

    /// The next thing that was or will be heard.
    func next(within limit: TimeAmount, on eventLoop: any EventLoop) -> EventLoopFuture<Heard> {
        let promise = eventLoop.makePromise(of: Heard.self)
        if taken < heard.count {
            promise.succeed(heard[taken])
            taken += 1
            if taken == heard.count { (heard, taken) = ([], 0) }
            return promise.futureResult
        }
        waiting = promise
        let limit = eventLoop.scheduleTask(in: limit) { promise.fail(Unexpected("nothing was heard in time")) }
        promise.futureResult.whenComplete { _ in limit.cancel() }
        return promise.futureResult
    }

    private func hear(_ event: Heard) {
        guard let waiting else { return heard.append(event) }
        self.waiting = nil
        waiting.succeed(event)
    }

    // MARK: Hearing

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        input += unwrapInboundIn(data).readableBytesView
        if phase == .head { readHead() }
        if phase == .frames { readFrames(context) }
    }

    private func readHead() {
        guard let end = input.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
        let head = String(decoding: input[..<end.lowerBound], as: UTF8.self)
        input.removeSubrange(..<end.upperBound)
        phase = head.hasPrefix("HTTP/1.1 101 ") ? .frames : .body
        hear(.head(head))
    }

    private func readFrames(_ context: ChannelHandlerContext) {
        var rest = input[...]
        do {
            while let (frame, count) = try Frame.parse(rest) {
                rest = rest.dropFirst(count)
                take(frame, context)
            }
        } catch {
            context.close(promise: nil)
        }
        input = Array(rest)
    }

    private func take(_ frame: Frame, _ context: ChannelHandlerContext) {
        switch frame.kind {
        case .text: hear(.text(String(decoding: frame.payload, as: UTF8.self)))
        case .binary: hear(.binary(frame.payload))
        case .pong: hear(.pong(frame.payload))
        case .ping: write(Frame(kind: .pong, payload: frame.payload), context)
        case .continuation: break
        case .close:
            code = frame.payload.count < 2 ? nil : Int(frame.payload[0]) << 8 | Int(frame.payload[1])
            if answersClose { write(Frame(kind: .close, payload: Array(frame.payload.prefix(2))), context) }
        }
    }

    private func write(_ frame: Frame, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: frame.bytes)), promise: nil)
    }

    // MARK: The end

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event as? ChannelEvent == .inputClosed else { return }
        end()
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { end() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func end() {
        guard phase != .over else { return }
        phase = .over
        hear(.closed(code, rest: String(decoding: input, as: UTF8.self)))
    }
}

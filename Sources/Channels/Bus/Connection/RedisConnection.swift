internal import NIOCore
internal import NIOSSL
internal import ServiceIdentity

/// One connection to a Redis server, from the first byte to the last; lives on its event loop.
///
/// Commands are gathered and leave in one write when ``flush()`` is called. Replies are counted, not matched: Redis
/// answers in order, so who sent what is the owner's to remember.
final class RedisConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    enum Purpose {
        case commands, subscriber
    }

    private enum Phase {
        case connecting, greeting, open, ended
    }

    let url: RedisURL
    let purpose: Purpose
    /// The number of the link's attempt: which sentinel is asked first.
    let turn: Int
    private let settings: BusSettings
    private let clientName: String
    /// Until the end: while there is a connection, there is its link.
    private var owner: RedisLink?
    private let reader: RESPReader
    private var phase = Phase.connecting
    private var handshake = RedisHandshake()
    private var watch: PingWatch?
    private var watching: Scheduled<Void>?
    private var context: ChannelHandlerContext?
    private var outgoing = CommandWriter()
    /// Answers that the owner waits for ahead of each of the own pings.
    private var pings: CircularBuffer<Int> = []
    /// Answers that the owner waits for behind the last ping.
    private var answersDue = 0
    private(set) var bytesReceived = 0
    private(set) var bytesSent = 0

    init(
        _ url: RedisURL, purpose: Purpose, turn: Int, clientName: String, settings: BusSettings, owner: RedisLink
    ) {
        self.url = url
        self.purpose = purpose
        self.turn = turn
        self.clientName = clientName
        self.settings = settings
        self.owner = owner
        reader = RESPReader(maximumBytes: settings.maximumReplyBytes, maximumElements: settings.maximumReplyElements)
    }

    var isOpen: Bool { phase == .open }
    var isOver: Bool { phase == .ended }

    /// Whether more may be written now.
    var isWritable: Bool { isOpen && context?.channel.isWritable == true }

    // MARK: Writing

    /// Adds commands to what leaves with the next ``flush()``.
    func write(_ body: (inout CommandWriter) -> Void) {
        body(&outgoing)
    }

    /// So many answers will come for what was just written to a connection for commands.
    func expect(answers: Int) {
        answersDue += answers
    }

    /// One write and one system call for all that was gathered.
    func flush() {
        guard let context, !outgoing.isEmpty else { return }
        var buffer = context.channel.allocator.buffer(capacity: outgoing.count)
        outgoing.withBytes { _ = buffer.writeBytes($0) }
        outgoing.clear()
        bytesSent += buffer.readableBytes
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    // MARK: The end

    /// Closes, and tells the owner why; once.
    func end(_ failure: RedisFailure) {
        guard phase != .ended else { return }
        phase = .ended
        watching?.cancel()
        watching = nil
        let (context, owner) = (context, owner)
        self.context = nil
        self.owner = nil
        owner?.connectionEnded(self, failure)
        context?.close(promise: nil)
    }

    // MARK: Events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { greet() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        greet()
        context.fireChannelActive()
    }

    private func greet() {
        guard phase == .connecting else { return }
        phase = .greeting
        handshake.begin(url, clientName: clientName, into: &outgoing)
        flush()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        bytesReceived += buffer.readableBytes
        watch?.hear(now: context.eventLoop.now)
        if let error = buffer.withUnsafeReadableBytes(read) {
            end(RedisFailure(.malformed, error == .tooLarge ? "a reply is too large" : ""))
        }
    }

    private func read(_ bytes: UnsafeRawBufferPointer) -> RESPError? {
        do throws(RESPError) {
            try reader.feed(bytes) { reply in
                receive(reply)
                return phase != .ended
            }
            return nil
        } catch {
            return error
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if phase == .open { owner?.connectionPaused(self) }
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if isWritable { owner?.connectionBecameWritable(self) }
        context.fireChannelWritabilityChanged()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(RedisFailure(.closed))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(RedisFailure(Self.isTrust(error) ? .untrusted : .closed, "\(error)"))
    }

    static func isTrust(_ error: any Error) -> Bool {
        error is NIOSSLError || error is NIOSSLExtraError || error is BoringSSLError || error is WrongCertificate
    }

    // MARK: Replies

    private func receive(_ reply: borrowing RESPReply) {
        switch phase {
        case .open:
            if isPong(reply) { watch?.answered() } else { owner?.connectionReceived(self, reply) }
        case .greeting:
            greeted(handshake.receive(reply))
        case .connecting, .ended:
            break
        }
    }

    private func greeted(_ progress: RedisHandshake.Progress) {
        switch progress {
        case .waiting: break
        case .failed(let failure): end(failure)
        case .done(let serverTime):
            phase = .open
            startWatching()
            owner?.connectionOpened(self, serverTime: serverTime)
        }
    }

    /// A subscriber's pong looks like nothing else: an array of two, or a status while it has no channel; among answers to
    /// commands it is known by its place.
    private func isPong(_ reply: borrowing RESPReply) -> Bool {
        guard purpose == .commands else {
            return reply.kind == .status
                || reply.count == 2 && reply.bytes(at: 0)?.elementsEqual(UnsafeRawBufferPointer("pong")) == true
        }
        guard let ahead = pings.first else {
            answersDue -= 1
            return false
        }
        guard ahead == 0 else {
            pings[pings.startIndex] = ahead - 1
            return false
        }
        pings.removeFirst()
        return true
    }

    // MARK: Keep-alive

    private func startWatching() {
        guard let loop = context?.eventLoop else { return }
        let interval = TimeAmount(settings.pingInterval)
        watch = PingWatch(interval: interval, patience: TimeAmount(settings.pingPatience), now: loop.now)
        lookLater(loop, interval)
    }

    private func lookLater(_ loop: any EventLoop, _ interval: TimeAmount) {
        watching = loop.assumeIsolated().scheduleTask(in: interval) { [self] in
            guard isOpen else { return }
            lookLater(loop, interval)
            look(now: loop.now)
        }
    }

    private func look(now: NIODeadline) {
        switch watch?.look(now: now) {
        case .ping:
            outgoing.writeCommand("PING")
            if purpose == .commands {
                pings.append(answersDue)
                answersDue = 0
            }
            flush()
        case .giveUp: end(RedisFailure(.silent))
        case .some(.none), nil: break
        }
    }
}

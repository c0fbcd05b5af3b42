internal import NIOCore

/// What a subscriber's link tells the bus, on the loop.
protocol SubscriberLinkOwner: AnyObject {
    func subscriberOpened(_ number: Int)
    func subscriberFailed(_ number: Int, _ failure: RedisFailure)
    func subscriberReceived(_ number: Int, message: UnsafeRawBufferPointer, on name: UnsafeRawBufferPointer)
    func subscriberAcknowledged(_ number: Int, _ name: UnsafeRawBufferPointer)
    /// Redis said no to one command as a whole.
    func subscriberRefused(_ number: Int, _ channels: ArraySlice<BusChannel>, _ reason: String)
    func subscriberPaused(_ number: Int)
}

/// The connection that one server sends its messages on.
final class SubscriberLink {
    /// A command that is not answered yet, for one channel after the other.
    private struct Question {
        let channels: ArraySlice<BusChannel>
        var answers = 0
    }

    let number: Int
    private let namesPerCommand: Int
    /// From start to stop.
    private var owner: (any SubscriberLinkOwner)?
    private var link: RedisLink?
    private var questions: CircularBuffer<Question> = []

    init(number: Int, url: RedisURL, environment: LinkEnvironment) {
        self.number = number
        namesPerCommand = environment.settings.namesPerCommand
        let events = RedisLinkEvents(
            opened: { [unowned self] _ in owner?.subscriberOpened(number) }, failed: { [unowned self] in failed($0) },
            received: { [unowned self] in received($0) },
            paused: { [unowned self] in owner?.subscriberPaused(number) })
        link = RedisLink(url, purpose: .subscriber, environment, events)
    }

    /// The owner is held until the stop.
    func start(_ owner: any SubscriberLinkOwner) {
        self.owner = owner
        link?.start()
    }

    func stop() {
        link?.stop()
        owner = nil
    }

    var bytes: (received: Int, sent: Int) { (link?.bytesReceived ?? 0, link?.bytesSent ?? 0) }
    var openings: Int { link?.openings ?? 0 }

    /// One write for everything.
    func send(_ commands: SubscriptionTable.Commands) {
        guard let connection = link?.open else { return }
        connection.write { writer in
            write("SUBSCRIBE", commands.subscribe, into: &writer)
            write("UNSUBSCRIBE", commands.unsubscribe, into: &writer)
        }
        connection.flush()
    }

    private func write(_ command: StaticString, _ channels: [BusChannel], into writer: inout CommandWriter) {
        var rest = channels[...]
        while !rest.isEmpty {
            let part = rest.prefix(namesPerCommand)
            rest = rest.dropFirst(part.count)
            questions.append(Question(channels: part))
            writer.writeCommandStart(command, arguments: part.count)
            for channel in part { writer.writeArgument(channel) }
        }
    }

    private func failed(_ failure: RedisFailure) {
        questions.removeAll()
        owner?.subscriberFailed(number, failure)
    }

    /// `message name text`, or `subscribe name count` and its opposite.
    private func received(_ reply: borrowing RESPReply) {
        guard !reply.isError else {
            let refused = questions.popFirst()?.channels ?? []
            owner?.subscriberRefused(number, refused, reply.code)
            return
        }
        guard reply.count == 3, let kind = reply.bytes(at: 0), let name = reply.bytes(at: 1) else {
            link?.drop(RedisFailure(.malformed, "no push"))
            return
        }
        if Self.isMessage(kind), let message = reply.bytes(at: 2) {
            owner?.subscriberReceived(number, message: message, on: name)
        } else {
            answered(name)
        }
    }

    private func answered(_ name: UnsafeRawBufferPointer) {
        guard !questions.isEmpty else {
            link?.drop(RedisFailure(.malformed, "an answer too many"))
            return
        }
        let first = questions.startIndex
        questions[first].answers += 1
        if questions[first].answers == questions[first].channels.count { questions.removeFirst() }
        owner?.subscriberAcknowledged(number, name)
    }

    @inline(__always)
    private static func isMessage(_ kind: UnsafeRawBufferPointer) -> Bool {
        // Of the kinds that a subscriber to plain channels gets, no other has seven letters.
        kind.count == 7
    }
}

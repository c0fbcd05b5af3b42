internal import NIOCore

/// What a subscriber's link tells the bus, on the loop.
protocol SubscriberLinkOwner: AnyObject {
    func subscriberOpened(_ number: Int)
    func subscriberFailed(_ number: Int, _ failure: RedisFailure)
    func subscriberReceived(_ number: Int, message: UnsafeRawBufferPointer, on name: UnsafeRawBufferPointer)
    func subscriberAcknowledged(_ number: Int, _ name: UnsafeRawBufferPointer)
    func subscriberRefused(_ number: Int, _ reason: String)
    func subscriberPaused(_ number: Int)
}

/// The connection that one server sends its messages on.
final class SubscriberLink {
    let number: Int
    private let namesPerCommand: Int
    private weak let owner: (any SubscriberLinkOwner)?
    private var link: RedisLink?

    init(number: Int, url: RedisURL, environment: LinkEnvironment, owner: any SubscriberLinkOwner) {
        self.number = number
        self.owner = owner
        namesPerCommand = environment.settings.namesPerCommand
        link = RedisLink(url, purpose: .subscriber, environment, owner: self)
    }

    func start() { link?.start() }

    func stop() { link?.stop() }

    var bytes: (received: Int, sent: Int) { (link?.bytesReceived ?? 0, link?.bytesSent ?? 0) }
    var openings: Int { link?.openings ?? 0 }

    /// One write for everything.
    func send(_ commands: SubscriptionTable.Commands) {
        guard let connection = link?.open else { return }
        connection.write { buffer in
            write("SUBSCRIBE", commands.subscribe, into: &buffer)
            write("UNSUBSCRIBE", commands.unsubscribe, into: &buffer)
        }
        connection.flush()
    }

    private func write(_ command: StaticString, _ channels: [BusChannel], into buffer: inout ByteBuffer) {
        var rest = channels[...]
        while !rest.isEmpty {
            let part = rest.prefix(namesPerCommand)
            rest = rest.dropFirst(part.count)
            buffer.writeCommandStart(command, arguments: part.count)
            for channel in part { buffer.writeArgument(channel) }
        }
    }
}

extension SubscriberLink: RedisLinkOwner {
    func linkOpened(_ link: RedisLink, serverTime: Int64) { owner?.subscriberOpened(number) }

    func linkFailed(_ link: RedisLink, _ failure: RedisFailure, wasOpen: Bool) {
        owner?.subscriberFailed(number, failure)
    }

    /// `message name text`, or `subscribe name count` and its opposite.
    func linkReceived(_ link: RedisLink, _ reply: borrowing RESPReply) {
        if reply.isError {
            owner?.subscriberRefused(number, String(decoding: reply.bytes.prefix(100), as: UTF8.self))
            return
        }
        guard reply.count == 3, let kind = reply.bytes(at: 0), let name = reply.bytes(at: 1) else {
            return link.drop(RedisFailure(.malformed, "no push"))
        }
        if kind.elementsEqual(UnsafeRawBufferPointer("message")), let message = reply.bytes(at: 2) {
            owner?.subscriberReceived(number, message: message, on: name)
        } else if kind.elementsEqual(UnsafeRawBufferPointer("subscribe"))
            || kind.elementsEqual(UnsafeRawBufferPointer("unsubscribe"))
        {
            owner?.subscriberAcknowledged(number, name)
        } else {
            link.drop(RedisFailure(.malformed, "no push"))
        }
    }

    func linkPaused(_ link: RedisLink) { owner?.subscriberPaused(number) }

    func linkBecameWritable(_ link: RedisLink) {}
}

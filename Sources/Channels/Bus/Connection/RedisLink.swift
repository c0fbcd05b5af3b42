internal import Logging
internal import NIOCore

/// What a link tells its owner. All on the loop.
protocol RedisLinkOwner: AnyObject {
    func linkOpened(_ link: RedisLink, serverTime: Int64)
    /// The connection is lost, or an attempt to get one failed.
    func linkFailed(_ link: RedisLink, _ failure: RedisFailure, wasOpen: Bool)
    func linkReceived(_ link: RedisLink, _ reply: borrowing RESPReply)
    func linkPaused(_ link: RedisLink)
    func linkBecameWritable(_ link: RedisLink)
}

/// A connection to one server that comes back by itself, until it is stopped.
final class RedisLink {
    let url: RedisURL
    private let purpose: RedisConnection.Purpose
    private let environment: LinkEnvironment
    private weak let owner: (any RedisLinkOwner)?
    private var connection: RedisConnection?
    private var backOff: BackOff
    private var openedAt: NIODeadline?
    private var retry: Scheduled<Void>?
    private var deadline: Scheduled<Void>?
    private var isStopped = false
    /// Of connections that are over.
    private var formerBytes = (received: 0, sent: 0)
    private(set) var openings = 0

    init(_ url: RedisURL, purpose: RedisConnection.Purpose, _ environment: LinkEnvironment, owner: any RedisLinkOwner) {
        self.url = url
        self.purpose = purpose
        self.environment = environment
        self.owner = owner
        backOff = BackOff(cap: environment.settings.backOffCap)
    }

    /// The connection, if it may be used.
    var open: RedisConnection? { connection?.isOpen == true ? connection : nil }

    var bytesReceived: Int { formerBytes.received + (connection?.bytesReceived ?? 0) }
    var bytesSent: Int { formerBytes.sent + (connection?.bytesSent ?? 0) }

    func start() {
        guard !isStopped, connection == nil else { return }
        let connection = RedisConnection(
            url, purpose: purpose, clientName: environment.clientName, settings: environment.settings, owner: self)
        self.connection = connection
        let timeout = TimeAmount(environment.settings.connectTimeout)
        deadline = environment.loop.assumeIsolated().scheduleTask(in: timeout) { [weak connection] in
            connection?.end(RedisFailure(.unreachable, "no answer in time"))
        }
        environment.connector.connect(connection, environment.loop).assumeIsolated().whenComplete { result in
            switch result {
            // Given up before there was a channel to close.
            case .success(let channel): if connection.isOver { channel.close(promise: nil) }
            case .failure(let error): connection.end(RedisFailure(.unreachable, "\(error)"))
            }
        }
    }

    /// Ends the connection, for good.
    func stop() {
        isStopped = true
        retry?.cancel()
        retry = nil
        connection?.end(RedisFailure(.stopped))
    }

    /// Ends the connection because of what the server said; it comes back.
    func drop(_ failure: RedisFailure) {
        connection?.end(failure)
    }

    private func retryLater() {
        guard !isStopped else { return }
        let pause = TimeAmount(backOff.pause(using: &environment.generator))
        retry = environment.loop.assumeIsolated().scheduleTask(in: pause) { [weak self] in self?.start() }
    }
}

extension RedisLink: RedisConnectionOwner {
    func connectionOpened(_ connection: RedisConnection, serverTime: Int64) {
        deadline?.cancel()
        openedAt = environment.loop.now
        openings += 1
        owner?.linkOpened(self, serverTime: serverTime)
    }

    func connectionEnded(_ connection: RedisConnection, _ failure: RedisFailure) {
        deadline?.cancel()
        let uptime = openedAt.map { environment.loop.now - $0 } ?? .zero
        let wasOpen = openedAt != nil
        openedAt = nil
        formerBytes = (bytesReceived, bytesSent)
        self.connection = nil
        backOff.fail(uptime: .nanoseconds(uptime.nanoseconds))
        owner?.linkFailed(self, failure, wasOpen: wasOpen)
        retryLater()
    }

    func connectionReceived(_ connection: RedisConnection, _ reply: borrowing RESPReply) {
        owner?.linkReceived(self, reply)
    }

    func connectionPaused(_ connection: RedisConnection) { owner?.linkPaused(self) }

    func connectionBecameWritable(_ connection: RedisConnection) { owner?.linkBecameWritable(self) }
}

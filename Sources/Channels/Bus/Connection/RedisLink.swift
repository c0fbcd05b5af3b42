internal import Logging
internal import NIOCore

/// A connection to one server that comes back by itself, until it is stopped.
final class RedisLink {
    let url: RedisURL
    private let purpose: RedisConnection.Purpose
    private let environment: LinkEnvironment
    /// Whom to tell; until the stop.
    private var events: RedisLinkEvents?
    private var connection: RedisConnection?
    private var backOff: BackOff
    private var openedAt: NIODeadline?
    private var retry: Scheduled<Void>?
    private var deadline: Scheduled<Void>?
    private var isStopped = false
    /// Of connections that are over.
    private var formerBytes = (received: 0, sent: 0)
    private(set) var openings = 0
    private var attempts = 0

    init(
        _ url: RedisURL, purpose: RedisConnection.Purpose, _ environment: LinkEnvironment, _ events: RedisLinkEvents
    ) {
        self.url = url
        self.purpose = purpose
        self.environment = environment
        self.events = events
        let settings = environment.settings
        backOff = BackOff(cap: url.master == nil ? settings.backOffCap : settings.sentinelBackOffCap)
    }

    /// The connection, if it may be used.
    var open: RedisConnection? { connection?.isOpen == true ? connection : nil }

    var bytesReceived: Int { formerBytes.received + (connection?.bytesReceived ?? 0) }
    var bytesSent: Int { formerBytes.sent + (connection?.bytesSent ?? 0) }

    func start() {
        guard !isStopped, connection == nil else { return }
        let connection = RedisConnection(
            url, purpose: purpose, turn: attempts, clientName: environment.clientName,
            settings: environment.settings, owner: self)
        attempts += 1
        self.connection = connection
        let timeout = TimeAmount(environment.settings.connectTimeout)
        deadline = environment.loop.assumeIsolated().scheduleTask(in: timeout) {
            connection.end(RedisFailure(.unreachable, "no answer in time"))
        }
        environment.connector.connect(connection, environment.loop).assumeIsolated().whenComplete { result in
            switch result {
            // Given up before there was a channel to close.
            case .success(let channel): if connection.isOver { channel.close(promise: nil) }
            case .failure(let error):
                connection.end(error as? RedisFailure ?? RedisFailure(.unreachable, "\(error)"))
            }
        }
    }

    /// Ends the connection, for good.
    func stop() {
        isStopped = true
        retry?.cancel()
        retry = nil
        connection?.end(RedisFailure(.stopped))
        events = nil
    }

    /// Ends the connection because of what the server said; it comes back.
    func drop(_ failure: RedisFailure) {
        connection?.end(failure)
    }

    private func retryLater() {
        guard !isStopped else { return }
        let pause = TimeAmount(backOff.pause(using: &environment.generator))
        retry = environment.loop.assumeIsolated().scheduleTask(in: pause) { [self] in start() }
    }
}

// What the connection tells.
extension RedisLink {
    func connectionOpened(_ connection: RedisConnection, serverTime: Int64) {
        deadline?.cancel()
        openedAt = environment.loop.now
        openings += 1
        events?.opened(serverTime)
    }

    func connectionEnded(_ connection: RedisConnection, _ failure: RedisFailure) {
        deadline?.cancel()
        let uptime = openedAt.map { environment.loop.now - $0 } ?? .zero
        openedAt = nil
        formerBytes = (bytesReceived, bytesSent)
        self.connection = nil
        backOff.fail(uptime: .nanoseconds(uptime.nanoseconds))
        events?.failed(failure)
        retryLater()
    }

    func connectionReceived(_ connection: RedisConnection, _ reply: borrowing RESPReply) {
        events?.received(reply)
    }

    func connectionPaused(_ connection: RedisConnection) { events?.paused() }

    func connectionBecameWritable(_ connection: RedisConnection) { events?.becameWritable() }
}

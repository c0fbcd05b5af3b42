public import NIOCore

/// What the connections of one event loop share: memory to decode into, their limits, the
/// keep-alive, and the one timer for all that takes time. Lives on that event loop.
///
/// Connections with other limits, such as those of an echo endpoint, need one of their own.
public final class WebSocketLoop {
    let eventLoop: any EventLoop
    let role: WebSocketRole
    let limits: WebSocketLimits
    let scratch: ScratchBuffer
    /// For frames of our own making: pings, pongs and close frames.
    let controlFrame = FrameBuffer(capacity: FrameHeader.maximumControlPayload)

    private var keepAlive: KeepAlive?
    /// By slot of the keep-alive.
    private var members: [WebSocketConnection?] = []
    /// Connections for which something has to happen in time; dropped lazily, by the sweep.
    private var watched: [WebSocketConnection] = []
    private var isTimerSet = false

    /// Connections of this loop that were opened and are not over.
    public private(set) var connectionCount = 0

    /// - Parameter limits: Preconditions: `pongTime` is less than `pingInterval`.
    public init(
        eventLoop: any EventLoop, role: WebSocketRole = .server, limits: WebSocketLimits = .server
    ) {
        self.eventLoop = eventLoop
        self.role = role
        self.limits = limits
        scratch = ScratchBuffer(capacity: min(limits.messageBytes, 64 * 1024))
        keepAlive = limits.pingInterval.map {
            KeepAlive(interval: $0.milliseconds, patience: limits.pongTime.milliseconds)
        }
    }

    /// Milliseconds on the event loop's clock, which never goes back.
    var now: Int64 { Int64(eventLoop.now.uptimeNanoseconds / 1_000_000) }
}

extension WebSocketLoop {
    /// - Returns: The connection's slot in the keep-alive, to be given back to `remove`.
    func add(_ connection: WebSocketConnection) -> KeepAlive.Slot? {
        connectionCount += 1
        setTimer()
        guard let slot = keepAlive?.insert(now: now) else { return nil }
        if slot < members.count { members[Int(slot)] = connection } else { members.append(connection) }
        return slot
    }

    func remove(_ slot: KeepAlive.Slot?) {
        connectionCount -= 1
        guard let slot else { return }
        keepAlive?.remove(slot)
        members[Int(slot)] = nil
    }

    /// Has the sweep look at the connection's deadlines until it says that it has none.
    func watch(_ connection: WebSocketConnection) {
        guard !connection.isWatched else { return }
        connection.isWatched = true
        watched.append(connection)
        setTimer()
    }

    private func setTimer() {
        guard !isTimerSet else { return }
        isTimerSet = true
        eventLoop.assumeIsolated().scheduleTask(in: limits.sweepInterval) { self.sweep() }
    }

    private func sweep() {
        isTimerSet = false
        let now = now
        while let action = keepAlive?.next(now: now) {
            switch action {
            case .ping(let slot): members[Int(slot)]?.ping()
            case .judge(let slot): members[Int(slot)]?.judge()
            }
        }
        sweepWatched(now)
        if connectionCount > 0 || !watched.isEmpty { setTimer() }
    }

    private func sweepWatched(_ now: Int64) {
        var index = 0
        while index < watched.count {
            let connection = watched[index]
            if connection.checkDeadlines(now: now) {
                index += 1
            } else {
                connection.isWatched = false
                watched.swapAt(index, watched.count - 1)
                watched.removeLast()
            }
        }
    }
}

extension TimeAmount {
    var milliseconds: Int64 { nanoseconds / 1_000_000 }
}

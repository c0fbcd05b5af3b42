import Geo
import WebSocket

/// From the start to the welcome: a position first, then a token, then a connection.
extension ClientMachine {
    mutating func start(_ now: Moment) {
        note(now)
        switch phase {
        case .stopped, .refused: break
        default: return
        }
        backoff.reset()
        (reason, code) = (nil, nil)
        begin(now)
    }

    mutating func stop(_ now: Moment) {
        note(now)
        if case .stopped = phase { return }
        if hasConnection { act(.close(.normal)) }
        (phase, token) = (.stopped, nil)
        (reason, code, reconnectAt) = (nil, nil, nil)
        forgetSession()
        lengthToRestore = 0
        abandonCalls(.stopped)
        forgetLists(.clientStopped)
    }

    /// The device has a position.
    mutating func move(_ now: Moment, _ fix: Fix) {
        note(now)
        pace.moved(to: fix)
        view.moved(to: fix.position)
        news.touch()
        switch phase {
        case .locating: begin(now)
        case .greeting(let until, needsOtherFix: true): hello(now, until: until)
        case .online: sendDueLocation(now)
        default: break
        }
    }

    /// The connection is open.
    mutating func opened(_ now: Moment) {
        note(now)
        guard case .opening(let until) = phase else { return }
        hello(now, until: until)
    }

    /// Makes for a connection with what there is.
    mutating func begin(_ now: Moment) {
        reconnectAt = nil
        if pace.fix == nil {
            phase = .locating
        } else if tokenIsGood(now) {
            open(now)
        } else {
            phase = .awaitingToken
            act(.fetchToken)
        }
    }

    mutating func open(_ now: Moment) {
        phase = .opening(until: now.uptime + ClientLimits.greetingTime)
        act(.open)
    }

    private mutating func hello(_ now: Moment, until: Int64) {
        guard let token, let fix = pace.take(now) else { return }
        phase = .greeting(until: until, needsOtherFix: false)
        send(
            .hello(
                .init(
                    token: token, fix: fix, radius: wishes.radius, strangers: wishes.strangers,
                    quiet: wishes.asksForQuiet)))
    }

    /// What was shown to somebody else is nothing to come back to.
    private mutating func forgetOtherUser() {
        lengthToRestore = 0
        forgetLists(.reconnected)
    }

    mutating func welcomed(_ now: Moment, _ welcome: ServerMessage.Welcome) {
        phase = .online(.init(since: now.uptime, heardAt: now.uptime))
        (reason, code) = (nil, nil)
        scheduleRefresh(now)
        if let settings, settings.user != welcome.user { forgetOtherUser() }
        settings = SessionSettings(welcome)
        view.apply(.welcome(welcome, seq: nil), &news)
        strangersChanged()
        sendBacklog()
        online?.restoring = ListRestoring(since: now)
        restoreList(now)
        sendDueLocation(now)
    }
}

/// Locations.
extension ClientMachine {
    /// When the next one is to be sent, if the position stays as it is, uptime.
    var locationDue: Int64? { settings.flatMap { pace.due(updateEvery: $0.updateEvery) } }

    mutating func sendDueLocation(_ now: Moment) {
        guard let due = locationDue, due <= now.uptime, let fix = pace.take(now) else { return }
        send(.location(fix))
    }
}

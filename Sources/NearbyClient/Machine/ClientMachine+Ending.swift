import WebSocket

/// The end of a connection, and what comes after it.
extension ClientMachine {
    /// The connection has ended, by whatever side, or could not be opened (``CloseCode/abnormal``).
    mutating func closed(_ now: Moment, _ code: CloseCode) {
        note(now)
        if hasConnection { lost(now, code) }
    }

    /// The connection is as good as gone, but nobody has said so.
    mutating func abandon(_ now: Moment) {
        act(.close(.givenUp))
        lost(now, .abnormal)
    }

    private mutating func lost(_ now: Moment, _ code: CloseCode) {
        let wantsOtherFix = needsOtherFix && code == .noHello
        if let online, now.uptime - online.since >= ClientLimits.stableAfter { backoff.reset() }
        vouchNoMore(now)
        lengthToRestore = max(lengthToRestore, view.friends.count)
        forgetSession()
        keepCalls()
        if code == .tokenExpired { token = nil }
        if wantsOtherFix {
            // The server waited in vain for a position that it could take: the next one opens the way again.
            pace.forgetFix()
            return begin(now)
        }
        if code.isFinal { return refuse(.init(code), code) }
        if [.overloaded, .tooManySessions, .rateLimited].contains(code) { backoff.serverIsBusy() }
        waitForNextTry(now, .init(code), code)
    }

    private var needsOtherFix: Bool {
        if case .greeting(_, let needsOtherFix) = phase { needsOtherFix } else { false }
    }

    mutating func waitForNextTry(_ now: Moment, _ reason: ConnectionState.Reason, _ code: CloseCode?) {
        (self.reason, self.code) = (reason, code)
        if let reconnectAt {
            backoff.reset()
            phase = .waiting(until: max(now.uptime, reconnectAt))
        } else {
            phase = .waiting(until: now.uptime + backoff.next(random: nextRandom()))
        }
    }

    mutating func refuse(_ reason: ConnectionState.Reason, _ code: CloseCode?) {
        (phase, token) = (.refused, nil)
        (self.reason, self.code, reconnectAt) = (reason, code, nil)
        lengthToRestore = 0
        abandonCalls(.init(rawValue: reason.rawValue))
        forgetLists(.refused)
    }

    mutating func forgetSession() { pace.forgetSession() }
}

/// What nobody vouches for any more is not shown.
extension ClientMachine {
    private mutating func vouchNoMore(_ now: Moment) {
        guard let settings else { return }
        let end = now.uptime + .milliseconds(seconds: settings.staleAfter)
        forgetAt = min(forgetAt ?? end, end)
    }

    mutating func forgetStale(_ now: Moment) {
        guard let forgetAt, now.uptime >= forgetAt else { return }
        if online == nil { return forgetLists(.inactive) }
        // The server has told of some of them again, and vouches for those.
        self.forgetAt = nil
        view.dropUnconfirmed(.inactive, &news)
    }

    mutating func forgetLists(_ reason: FriendGone.Reason) {
        forgetAt = nil
        view.clear(reason, &news)
    }
}

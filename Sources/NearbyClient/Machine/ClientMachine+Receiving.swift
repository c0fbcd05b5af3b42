/// What the server says.
extension ClientMachine {
    mutating func received(_ now: Moment, _ message: ServerMessage, quiet: Quiet? = nil) {
        note(now)
        switch phase {
        case .greeting, .online: break
        default: return
        }
        online?.heardAt = now.uptime
        if let quiet { pace.hush(quiet) }
        switch message {
        case .error(let refusal, let seq): failed(now, refusal, seq)
        case .reconnect(let pause, _): reconnectAt = now.uptime.adding(pause)
        case .welcome(let welcome, _): if case .greeting = phase { welcomed(now, welcome) }
        default: if case .online = phase { take(now, message) }
        }
    }

    /// The server said something that cannot be understood, and so that cannot be left out: who stopped sharing may be
    /// in it. The next welcome is the whole truth again.
    mutating func receivedUnreadable(_ now: Moment) {
        note(now)
        guard hasConnection else { return }
        news.failed(NearbyError(code: .badMessage, message: "the server cannot be understood"))
        abandon(now)
    }

    private mutating func take(_ now: Moment, _ message: ServerMessage) {
        view.apply(message, &news)
        switch message {
        case .settings(let radius, let sharing, _):
            settings?.radius = radius
            settings?.isSharing = sharing
        case .strangers: strangersChanged()
        default: break
        }
        answered(now, message)
        restoreList(now)
    }

    /// Whatever ended strangers' mode, it is asked for anew by a person, not by a reconnect.
    mutating func strangersChanged() {
        if !view.strangersAreOn { wishes.strangers = nil }
    }

    private mutating func answered(_ now: Moment, _ message: ServerMessage) {
        guard let call = calls.remove(message.seq) else { return }
        if call.isProbe { online?.probeEnds = nil }
        switch call.message {
        case .refresh(let newToken):
            token = newToken
            scheduleRefresh(now)
        case .more where call.waiting.isEmpty: online?.restoring?.isAsking = false
        default: break
        }
        settle(call.waiting, .success(message))
    }

    private mutating func failed(_ now: Moment, _ refusal: ServerMessage.Refusal, _ seq: Int64?) {
        let call = calls[seq]
        if call?.isProbe == true {
            // An answer is an answer.
            online?.probeEnds = nil
            _ = calls.remove(seq)
            return
        }
        if let pause = refusal.retryAfterMilliseconds, let call, call.tries < ClientLimits.requestTries {
            calls[seq]?.againAt = now.uptime.adding(max(0, pause))
            return
        }
        if refusal.code == .badLocation { locationRefused() }
        let error = NearbyError(code: refusal.code, message: refusal.message)
        news.failed(error)
        guard let call = calls.remove(seq) else { return }
        switch call.message {
        case .refresh: retryRefresh(now)
        case .more where call.waiting.isEmpty: endRestoring()
        default: break
        }
        settle(call.waiting, .failure(error))
    }

    private mutating func locationRefused() {
        pace.forgetTimestamps()
        if case .greeting(let until, _) = phase { phase = .greeting(until: until, needsOtherFix: true) }
    }
}

/// Time: timers, sleep, and whether anybody is there.
extension ClientMachine {
    /// Keeps what the clocks say, for times that are told to people.
    mutating func note(_ now: Moment) { wallLead = now.wall - now.uptime }

    /// A timer has fired.
    mutating func tick(_ now: Moment) {
        if let due, now.uptime - due > ClientLimits.sleep { return wake(now) }
        catchUp(now)
    }

    /// The machine or the app slept, or somebody looks at it again.
    mutating func wake(_ now: Moment) {
        note(now)
        forgetStale(now)
        if case .waiting(let until) = phase, mayHurry(now, until) { return begin(now) }
        checkConnection(now)
        catchUp(now)
    }

    /// The device says whether it has a network.
    mutating func network(_ now: Moment, isUp: Bool) {
        note(now)
        let wasDown = networkIsDown
        networkIsDown = !isUp
        if isUp && wasDown { wake(now) }
    }

    /// Does what is due.
    private mutating func catchUp(_ now: Moment) {
        note(now)
        forgetStale(now)
        switch phase {
        case .waiting(let until) where now.uptime >= until: begin(now)
        case .opening(let until) where now.uptime >= until: abandon(now)
        case .greeting(let until, _) where now.uptime >= until: abandon(now)
        case .online(let online): catchUp(now, online)
        default: break
        }
    }

    private mutating func catchUp(_ now: Moment, _ online: Online) {
        if let ends = online.probeEnds, now.uptime >= ends { return abandon(now) }
        if online.probeEnds == nil, now.uptime - online.heardAt >= ClientLimits.silence { sendProbe(now) }
        if let refreshAt = online.refreshAt, now.uptime >= refreshAt { refresh() }
        for (seq, message) in calls.takeDue(now.uptime) { act(.send(message, seq: seq)) }
        restoreList(now)
        sendDueLocation(now)
    }

    /// The server's own word is waited for; our own pause may be cut short.
    private func mayHurry(_ now: Moment, _ until: Int64) -> Bool { reconnectAt == nil || now.uptime >= until }

    private mutating func checkConnection(_ now: Moment) {
        guard let online, online.probeEnds == nil else { return }
        if now.uptime - online.heardAt > ClientLimits.silenceAfterWake { sendProbe(now) }
    }

    /// A request that changes nothing.
    private mutating func sendProbe(_ now: Moment) {
        online?.probeEnds = now.uptime + ClientLimits.probeTime
        call(.settings(radius: nil, sharing: nil), isProbe: true)
    }
}

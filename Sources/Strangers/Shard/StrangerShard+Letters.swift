public import Channels

/// Letters in and out, and what the host is told at the end.
extension StrangerShard {
    /// What another shard says. Records of other rooms are ignored.
    public func receive(_ record: Record, at moment: Moment) {
        guard let letter = Letter(record) else { return }
        perform(at: moment) { handle(letter, moment) }
    }

    /// Does something, then what follows from it on this shard, then tells the host.
    func perform(at moment: Moment, _ body: () -> Void) {
        body()
        while let (letter, shard) = letterbox.take() {
            if shard == index { handle(letter, moment) } else { host.send(letter.record, toShard: shard) }
        }
        raiseEvents()
    }

    func raise(_ event: Event, _ slot: Int) { events.append((sessions[slot].id, event)) }

    /// Tells the host. It may call back, which raises events of its own.
    func raiseEvents() {
        guard !events.isEmpty else { return }
        let raised = events
        events.removeAll(keepingCapacity: true)
        for (session, event) in raised {
            switch event {
            case .ready: host.strangersReady(session: session)
            case .changed: host.strangersChanged(session: session)
            case .statusChanged: host.strangersStatusChanged(session: session)
            case .cellsChanged: host.strangersCellsChanged(session: session)
            case .ended(let reason): host.strangersEnded(session: session, reason: reason)
            }
        }
    }

    private func handle(_ letter: Letter, _ moment: Moment) {
        let now = moment.monotonic
        switch letter {
        case .opening(let letter): home.open(letter, now: now, random: &random, out: &letterbox)
        case .closing(let letter): home.close(letter, now: now, out: &letterbox)
        case .movement(let letter): home.move(letter, now: now, random: &random, out: &letterbox)
        case .suspension(let letter): home.suspend(letter, out: &letterbox)
        case .claim(let letter): owner.take(letter, out: &letterbox)
        case .retraction(let letter): owner.retract(letter, out: &letterbox)
        case .minuteOfClaim(let letter): owner.setMinute(letter, out: &letterbox)
        case .placement(let letter): members.place(letter)
        case .minute(let letter):
            members.setMinute(letter.minute, of: letter.user, generation: letter.generation)
        case .withdrawal(let letter): withdraw(letter)
        case .verdict(let letter): accept(letter, moment)
        case .ownMovement(let letter): applyMove(of: letter.user, to: letter.fix)
        case .ownSuspension(let letter):
            for slot in observers[letter.user]?.sessions ?? [] { expel(slot, letter.reason) }
        }
    }

    /// Whoever withdraws is gone from every session at once.
    private func withdraw(_ letter: Withdrawal) {
        guard let member = members.withdraw(letter.user, generation: letter.generation) else { return }
        while let showing = showings.first(of: member) { hide(showing) }
        if letter.isSilent { members.unpublish(member) } else { members.remove(member) }
    }

    /// What the owner decided about a user of this shard's sessions.
    private func accept(_ verdict: Verdict, _ moment: Moment) {
        guard var observer = observers[verdict.user] else { return }
        if verdict.generation >= observer.verdict?.generation ?? 0 { observer.verdict = verdict }
        observers[verdict.user] = observer
        guard verdict.isAnswer else { return }
        for slot in observer.sessions where !sessions[slot].isReady {
            look(slot, moment)
            sessions[slot].isReady = true
            sessions[slot].nextTick =
                moment.monotonic + 1 + Int64(random.number(below: Int(settings.tickMilliseconds)))
            arm(slot)
            raise(.ready, slot)
        }
    }
}

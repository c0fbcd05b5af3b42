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
        tellOthers()
        raiseEvents()
    }

    /// What other processes are told, and asked for.
    private func tellOthers() {
        for (cell, isWanted) in letterbox.interest.take() { host.strangersInterest(in: cell, isWanted: isWanted) }
        for announcement in letterbox.announcements {
            let record = Letter.presence(announcement.user, announcement.presence).record
            host.publish(record, of: announcement.user, in: announcement.cell)
        }
        letterbox.announcements.removeAll(keepingCapacity: true)
    }

    func raise(_ event: Event, _ slot: Int) { events.append((sessions[slot].id, event)) }

    /// Tells the host. It may call back, which raises events of its own.
    func raiseEvents() {
        guard !events.isEmpty else { return }
        let raised = events
        events.removeAll(keepingCapacity: true)
        for (session, event) in raised {
            switch event {
            case .waits:
                guard let slot = slotOfSession[session] else { continue }
                host.strangersWait(session: session, for: sessions[slot].followedCells)
            case .ready: host.strangersReady(session: session)
            case .changed: host.strangersChanged(session: session)
            case .statusChanged: host.strangersStatusChanged(session: session)
            case .cellsChanged: host.strangersCellsChanged(session: session)
            case .ended(let reason): host.strangersEnded(session: session, reason: reason)
            }
        }
    }

    private func handle(_ letter: Letter, _ moment: Moment) {
        switch letter {
        case .opening(let letter): home.open(letter, at: moment, random: &random, out: &letterbox)
        case .closing(let letter): home.close(letter, at: moment, out: &letterbox)
        case .movement(let letter): home.move(letter, at: moment, random: &random, out: &letterbox)
        case .suspension(let letter): home.suspend(letter, at: moment, out: &letterbox)
        case .claim(let letter): owner.take(letter, out: &letterbox)
        case .retraction(let letter): owner.retract(letter, out: &letterbox)
        case .minuteOfClaim(let letter): owner.setMinute(letter, out: &letterbox)
        case .placement(let letter): place(letter)
        case .minute(let letter):
            members.setMinute(letter.minute, of: letter.user, generation: letter.generation)
        case .withdrawal(let letter): withdraw(letter)
        case .verdict(let letter): accept(letter, moment)
        case .ownMovement(let letter): applyMove(of: letter.user, to: letter.fix)
        case .ownSuspension(let letter):
            for slot in observers[letter.user]?.sessions ?? [] { expel(slot, letter.reason) }
        case .presence(let user, let letter): home.hear(letter, of: user, at: moment, out: &letterbox)
        case .rollCall(let letter): home.takeRollCall(letter, now: moment.monotonic)
        case .sweep(let letter): home.sweep(letter, out: &letterbox)
        }
    }

    /// A user is published, perhaps with another life than those who see it know: their pseudonyms go first.
    private func place(_ letter: Placement) {
        guard members.isNews(letter) else { return }
        if let member = members.find(user: letter.user), members[member].identity != letter.identity {
            while let showing = showings.first(of: member) { hide(showing) }
        }
        members.place(letter)
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
        for slot in observer.sessions { follow(slot, observer.verdict?.cell) }
        guard verdict.isAnswer else { return }
        for slot in observer.sessions where !sessions[slot].isReady {
            if sessions[slot].followedCells.isEmpty { admit(slot, moment) } else { raise(.waits, slot) }
        }
    }
}

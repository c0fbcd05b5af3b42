public import Geo

/// What sessions ask for.
extension StrangerShard {
    /// Turns strangers on for a session, or changes what it asked for; in both cases the opt-in lasts anew.
    ///
    /// The answer is ``status(of:)`` once the host is told `strangersReady`: after the owner's decision, or at the end
    /// of this call if strangers were on. The caller has made sure that the user shares.
    ///
    /// - Parameters:
    ///   - session: not used for another user before ``sessionClosed(_:at:)`` or ``optOut(_:at:)``.
    ///   - user: the dense index.
    ///   - userNumber: the durable number, 0 to ``StrangerLimits/maximumUserNumber`` (precondition).
    ///   - fix: the user's newest accepted location.
    ///   - radius: `nil` for the setting.
    ///   - precision: `nil` for the finest that serves; see ``StrangerRouting``.
    public func optIn(
        session: UInt32, user: UInt32, userNumber: Int64, fix: StrangerFix, radius: Radius? = nil,
        precision: Int? = nil, at moment: Moment
    ) {
        let radius = radius ?? settings.radius
        perform(at: moment) {
            if let slot = slotOfSession[session] {
                change(slot, radius: radius, precision: precision, moment)
            } else {
                open(session, user, radius: radius, precision: precision, fix, moment)
                let opening = Opening(user: user, number: userNumber, shard: index, fix: fix)
                letterbox.post(.opening(opening), to: map.home(of: user))
            }
        }
    }

    /// Turns strangers off for a session. If it was the user's last one, the user vanishes at once.
    public func optOut(_ session: UInt32, at moment: Moment) {
        perform(at: moment) { end(session, hasGrace: false) }
    }

    /// A session's connection has ended. If it was the user's last one with strangers on, the user stays published
    /// for ``StrangerLimits/graceMilliseconds``.
    public func sessionClosed(_ session: UInt32, at moment: Moment) {
        perform(at: moment) { end(session, hasGrace: true) }
    }

    /// Takes a user out at once, wherever its sessions are: it stopped sharing, was erased or suspended. The host of
    /// each session is told `strangersEnded`.
    public func withdraw(user: UInt32, reason: StrangerEnd = .suspended, at moment: Moment) {
        perform(at: moment) {
            letterbox.post(.suspension(Suspension(user: user, reason: reason)), to: map.home(of: user))
        }
    }

    /// A location of a user was accepted, on whatever session of this shard. Only needed while ``isOn(_:)``.
    public func moved(user: UInt32, to fix: StrangerFix, at moment: Moment) {
        perform(at: moment) {
            applyMove(of: user, to: fix)
            guard isOn(user) else { return }
            letterbox.post(.movement(Movement(user: user, shard: index, fix: fix)), to: map.home(of: user))
        }
    }

    /// A user became, or ceased to be, somebody that ``StrangerRelations/hides(session:user:)`` names: whoever is hidden
    /// now is gone at once, whoever no longer is may come at the session's tick.
    public func relationsChanged(session: UInt32, user: UInt32, at moment: Moment) {
        perform(at: moment) {
            guard let slot = slotOfSession[session], let member = members.find(user: user),
                relations.hides(session: session, user: user),
                let showing = showings.range(session: slot).first(where: { showings[$0].member == member })
            else { return }
            hide(showing)
        }
    }

    // MARK: Opening and ending

    private func open(
        _ session: UInt32, _ user: UInt32, radius: Radius, precision: Int?, _ fix: StrangerFix, _ moment: Moment
    ) {
        var observer = observers[user] ?? StrangerObserver(fix: fix)
        if fix.timestamp > observer.fix.timestamp { observer.fix = fix }
        let entry = StrangerSession(
            id: session, user: user, radius: radius, requestedPrecision: precision,
            routing: routing(at: observer.fix.coordinate, radius, precision),
            expiry: moment.monotonic + settings.expireMilliseconds,
            expiryWall: moment.wall + settings.expireMilliseconds, nextFreeLook: moment.monotonic)
        let slot = takeSlot(entry)
        observer.sessions.append(slot)
        observers[user] = observer
    }

    private func change(_ slot: Int, radius: Radius, precision: Int?, _ moment: Moment) {
        sessions[slot].radius = radius
        follow(slot, observers[sessions[slot].user]?.verdict?.cell)
        sessions[slot].requestedPrecision = precision
        sessions[slot].expiry = moment.monotonic + settings.expireMilliseconds
        sessions[slot].expiryWall = moment.wall + settings.expireMilliseconds
        if let fix = observers[sessions[slot].user]?.fix {
            sessions[slot].routing = routing(at: fix.coordinate, radius, precision)
        }
        guard sessions[slot].isReady else { return }
        hideAll(of: slot, outside: radius.metres)
        if moment.monotonic >= sessions[slot].nextFreeLook, mayLook(slot) {
            sessions[slot].nextFreeLook = moment.monotonic + settings.tickMilliseconds
            look(slot, moment)
        }
        raise(.ready, slot)
    }

    private func end(_ session: UInt32, hasGrace: Bool) {
        guard let slot = slotOfSession[session] else { return }
        let user = sessions[slot].user
        releaseSlot(slot)
        observers[user]?.sessions.removeAll { $0 == slot }
        guard observers[user]?.sessions.isEmpty == true else { return }
        observers[user] = nil
        letterbox.post(
            .closing(Closing(user: user, shard: index, hasGrace: hasGrace)), to: map.home(of: user))
    }

    /// Ends a session's strangers on the server's account.
    func expel(_ slot: Int, _ reason: StrangerEnd) {
        raise(.ended(reason), slot)
        end(sessions[slot].id, hasGrace: false)
    }

    // MARK: Positions

    /// Follows the user's own cells; only the user's own sessions learn of them.
    func applyMove(of user: UInt32, to fix: StrangerFix) {
        guard var observer = observers[user], fix.timestamp > observer.fix.timestamp else { return }
        observer.fix = fix
        observers[user] = observer
        for slot in observer.sessions {
            let session = sessions[slot]
            let routing = routing(at: fix.coordinate, session.radius, session.requestedPrecision)
            guard routing != session.routing else { continue }
            sessions[slot].routing = routing
            if session.isReady { raise(.cellsChanged, slot) }
        }
    }

    private func routing(at coordinate: Coordinate, _ radius: Radius, _ precision: Int?) -> StrangerRouting {
        StrangerRouting(at: coordinate, radius: radius, requested: precision, precisions: settings.precisions)
    }

    // MARK: Slots

    private func takeSlot(_ session: StrangerSession) -> Int {
        let slot: Int
        if let free = freeSlots.popLast() {
            slot = free
            sessions[slot] = session
        } else {
            slot = sessions.count
            sessions.append(session)
            showings.reserve(session: slot)
        }
        slotOfSession[session.id] = slot
        return slot
    }

    private func releaseSlot(_ slot: Int) {
        while let last = showings.range(session: slot).last { showings.remove(at: last) }
        if let look = sessions[slot].look { groups.leave(look.group) }
        unfollow(slot)
        slotOfSession[sessions[slot].id] = nil
        sessions[slot].look = nil
        sessions[slot].gone = []
        sessions[slot].armed = .max
        freeSlots.append(slot)
    }

    func arm(_ slot: Int) {
        let due = sessions[slot].nextDue
        guard due < sessions[slot].armed else { return }
        sessions[slot].armed = due
        deadlines.add(UInt32(slot), due: due)
    }
}

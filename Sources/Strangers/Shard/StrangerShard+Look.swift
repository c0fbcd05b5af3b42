import Geo

/// What a session is shown, and how that changes.
///
/// A session looks at its reach when it opts in and at each of its ticks, never because a member did something: the
/// moment of a change would give the member away. Withdrawals alone act at once.
///
/// A pseudonym that goes and the same member's next one must not come in one tick. So a member that was published
/// elsewhere before is passed over by the first look after its move, whether or not the session showed
/// it; and a session that changes all its pseudonyms shows nobody until its next look. A look whose
/// predecessor's departures were not drained yet does not happen.
extension StrangerShard {
    func look(_ slot: Int, _ moment: Moment) {
        guard let verdict = observers[sessions[slot].user]?.verdict, mayLook(slot) else { return }
        noteStatus(slot, verdict)
        let lifetime = pseudonyms.lifetime(ofObserver: verdict.identity.number, wallMilliseconds: moment.wall)
        let former = sessions[slot].look
        if let former, former.lifetime != lifetime || former.identity != verdict.identity {
            let wasEmpty = showings.count(session: slot) == 0
            forget(slot)
            if !wasEmpty { return }
        }
        guard let cell = verdict.cell else { return forget(slot) }
        let reach = Reach(cell: cell, radius: sessions[slot].radius.metres)
        let before = sessions[slot].look
        begin(slot, reach, verdict.identity, lifetime)
        sample(slot, before)
    }

    /// Whether the client was told of everyone who went.
    func mayLook(_ slot: Int) -> Bool { sessions[slot].gone.isEmpty }

    private func noteStatus(_ slot: Int, _ verdict: Verdict) {
        guard sessions[slot].isTooFew == verdict.isPublished else { return }
        sessions[slot].isTooFew = !verdict.isPublished
        if sessions[slot].isReady { raise(.statusChanged, slot) }
    }

    /// Shows nobody, so that the next look begins afresh.
    private func forget(_ slot: Int) {
        while let last = showings.range(session: slot).last { hide(last) }
        if let look = sessions[slot].look { groups.leave(look.group) }
        sessions[slot].look = nil
    }

    private func begin(_ slot: Int, _ reach: Reach, _ identity: StrangerIdentity, _ lifetime: UInt32) {
        let before = sessions[slot].look
        let group = before?.reach == reach ? before!.group : groups.join(reach)
        if let before, before.reach != reach { groups.leave(before.group) }
        sessions[slot].look = StrangerSession.Look(
            reach: reach, group: group, stamp: members.stamp, formerStamp: before?.stamp ?? members.stamp,
            identity: identity, lifetime: lifetime)
    }

    // MARK: The sample

    /// Makes the sample one of the equally likely subsets of those in reach, and keeps as many as that allows.
    ///
    /// A fresh subset tells how many newcomers there are to be and which. The places of the others go to those
    /// who were shown before, at random if they are too many; what is left to fill is filled from the fresh
    /// subset. Whoever was there before the last look is treated alike in all of this, so nobody's chance
    /// depends on when, from where or how often it sends.
    private func sample(_ slot: Int, _ before: StrangerSession.Look?) {
        hideInvalid(slot, before)
        draw(slot, before)
        let target = sampler.newcomers.count + sampler.others.count
        while showings.count(session: slot) > sampler.others.count {
            let range = showings.range(session: slot)
            hide(range.lowerBound + random.number(below: range.count))
        }
        for index in showings.range(session: slot) {
            sampler.mark(showings[index].member)
            renew(index, hasNewDistance: before?.reach.cell != sessions[slot].look?.reach.cell)
        }
        for member in sampler.others where showings.count(session: slot) < sampler.others.count {
            if !sampler.isMarked(member) { show(member, slot) }
        }
        for member in sampler.newcomers where showings.count(session: slot) < target { show(member, slot) }
    }

    private func draw(_ slot: Int, _ before: StrangerSession.Look?) {
        guard let look = sessions[slot].look else { return }
        let reachIsOld = before?.reach == look.reach
        let urns = groups.urns(of: look.group, in: members.tree)
        sampler.draw(
            atMost: settings.sampleSize, from: urns, of: members, &random,
            isEligible: { isEligible($0, slot, look) },
            isNewcomer: { member in
                guard let before, before.saw(members[member]) else { return true }
                return !reachIsOld && members.cell(of: member).map(before.reach.contains) != true
            })
    }

    /// Whether a member may be shown by a look, its reach apart. `look.formerStamp` is that of the look before.
    private func isEligible(_ member: UInt32, _ slot: Int, _ look: StrangerSession.Look) -> Bool {
        let entry = members[member]
        return !(entry.hasMoved && entry.stamp > look.formerStamp) && entry.user != sessions[slot].user
            && !relations.hides(session: sessions[slot].id, user: entry.user)
    }

    /// Hides whoever has moved, is out of reach or must not be seen.
    private func hideInvalid(_ slot: Int, _ before: StrangerSession.Look?) {
        guard let look = sessions[slot].look else { return }
        for index in showings.range(session: slot).reversed() {
            let showing = showings[index]
            let stays =
                members.cell(of: showing.member) == showing.cell && isEligible(showing.member, slot, look)
                && (before?.reach == look.reach || look.reach.contains(showing.cell))
            if !stays { hide(index) }
        }
    }

    /// Hides whoever is out of a new radius.
    func hideAll(of slot: Int, outside radius: Double) {
        guard let reach = sessions[slot].look?.reach else { return }
        let narrower = Reach(cell: reach.cell, radius: radius)
        for index in showings.range(session: slot).reversed() where !narrower.contains(showings[index].cell) {
            hide(index)
        }
    }

    // MARK: Single showings

    private func show(_ member: UInt32, _ slot: Int) {
        guard let cell = members.cell(of: member) else { return }
        showings.append(Showing(member: member, cell: cell, minute: members[member].minute), session: slot)
        mark(slot)
    }

    /// Tells the client the newest minute, and everything if distances have changed.
    private func renew(_ index: Int, hasNewDistance: Bool) {
        let minute = members[showings[index].member].minute
        guard hasNewDistance || minute != showings[index].minute else { return }
        showings[index].setMinute(minute)
        showings[index].setPending()
        mark(showings.session(of: index))
    }

    func hide(_ index: Int) {
        let slot = showings.session(of: index)
        if showings[index].isTold {
            sessions[slot].gone.append(sid(of: showings[index], slot))
            mark(slot)
        }
        showings.remove(at: index)
    }

    private func mark(_ slot: Int) {
        guard sessions[slot].isReady, !sessions[slot].isMarked else { return }
        sessions[slot].isMarked = true
        raise(.changed, slot)
    }

    func sid(of showing: Showing, _ slot: Int) -> Sid {
        // A session shows somebody only after a look.
        let look = sessions[slot].look!
        return pseudonyms.sid(
            of: members[showing.member].identity, at: showing.cell, for: look.identity, lifetime: look.lifetime)
    }
}

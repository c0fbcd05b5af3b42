import Geo

/// What other processes say, and what they are told.
extension Home {
    // MARK: Hearing

    mutating func hear(_ said: Presence, of index: UInt32, at moment: Moment, out: inout Letterbox) {
        guard let process, said.process != process else { return }
        var user = users[index] ?? HomeUser()
        guard user.note(said, now: moment.monotonic) else { return }
        if said.kind == .withdrawn { voidRemotes(of: &user, before: said.order, now: moment.monotonic) }
        respond(to: said, index, &user, at: moment, out: &out)
        settle(index, &user, out: &out)
        store(index, user, out: &out)
    }

    /// What the own presence of a user has to do with what another process says.
    private mutating func respond(
        to said: Presence, _ index: UInt32, _ user: inout HomeUser, at moment: Moment, out: inout Letterbox
    ) {
        guard let own = user.own, let presence = own.presence, !presence.isSilent else { return }
        if said.kind == .withdrawn {
            guard presence.order < said.order else { return }
            if own.shards == 0 { return release(index, &user, at: moment, out: &out) }
            user.own?.reassertAt = moment.monotonic + StrangerLimits.reassertMilliseconds
        } else if said.kind.isVisible {
            agree(with: said, index, &user, presence, at: moment, out: &out)
        }
        if isHeldElsewhere(user) { release(index, &user, at: moment, out: &out) }
    }

    /// The older life is everybody's, so that a user who changes the process stays the same to those who see it. The cell
    /// that was said last is everybody's if the position may stand for it: two processes that each held a cell of
    /// their own would by turns place the user on either side of the edge that it stands at.
    private mutating func agree(
        with said: Presence, _ index: UInt32, _ user: inout HomeUser, _ presence: OwnPresence, at moment: Moment,
        out: inout Letterbox
    ) {
        let isSameLife = said.identity.life == presence.identity.life
        let takesLife = !isSameLife && presence.isYounger(than: said)
        let takesCell = user.own.map { mayTakeCell(of: said, $0, presence) } ?? false
        if takesLife {
            let number = Int64(presence.identity.number)
            user.own?.presence?.identity = StrangerIdentity(number: number, life: said.identity.life)
            user.own?.presence?.born = said.born
        }
        if takesCell { user.own?.presence?.cell = said.cell }
        if takesLife || takesCell { raiseOrder(of: &user, at: moment) }
        if takesCell || !isSameLife { announce(index, &user, at: moment, out: &out) }
    }

    private func mayTakeCell(of said: Presence, _ own: OwnUser, _ presence: OwnPresence) -> Bool {
        said.kind == .live && said.cell != presence.cell && !own.isBetter(than: said, process: process ?? 0)
            && blur.cell(of: own.fix.coordinate, holding: said.cell) == said.cell
    }

    /// Whether the last session here is closed and another process has one, under the same life.
    func isHeldElsewhere(_ user: HomeUser) -> Bool {
        guard let own = user.own, own.shards == 0, let life = own.presence?.identity.life else { return false }
        return user.visibleRemotes.contains { $0.kind == .live && $0.identity.life == life }
    }

    /// What other processes said of a user before counts no more, until they say something new.
    func voidRemotes(of user: inout HomeUser, before order: UInt64, now: Int64) {
        for place in user.remotes.indices {
            let presence = user.remotes[place].presence
            guard presence.kind.isVisible, presence.order < order else { continue }
            user.remotes[place].presence.kind = .gone
            user.remotes[place].heard = now
        }
    }

    /// What was heard of a cell before a moment, and not since, counts no more.
    mutating func sweep(_ letter: CellSweep, out: inout Letterbox) {
        let cell = letter.cell.geohash
        for index in residents[cell, default: []].sorted() {
            guard var user = users[index] else { continue }
            user.remotes.removeAll {
                $0.presence.kind.isVisible && $0.presence.cell.channel == cell && $0.heard < letter.before
            }
            settle(index, &user, out: &out)
            store(index, user, out: &out)
        }
    }

    // MARK: Telling

    /// Tells the others of a user's presence here, in its cell and in the one where they believe it to be.
    mutating func announce(
        _ index: UInt32, _ user: inout HomeUser, at moment: Moment, out: inout Letterbox
    ) {
        guard let process, let own = user.own, let presence = own.presence else { return }
        let isGone = presence.isSilent || presence.cell == nil
        guard let cell = presence.cell ?? presence.toldCell else { return }
        let kind: Presence.Kind = isGone ? .gone : own.shards == 0 ? .leaving : .live
        let said = Presence(
            process: process, order: presence.order, kind: kind, identity: presence.identity, born: presence.born,
            cell: cell, minute: presence.minute)
        say(said, of: index, in: cell.channel, at: moment, out: &out)
        if let told = presence.toldCell, told.channel != cell.channel {
            say(said, of: index, in: told.channel, at: moment, out: &out)
        }
        user.own?.presence?.toldCell = isGone ? nil : cell
    }

    /// Tells everyone who may show the user that it must not be shown.
    mutating func announceWithdrawal(
        _ index: UInt32, _ user: inout HomeUser, at moment: Moment, out: inout Letterbox
    ) {
        guard let process else { return }
        var channels = user.channels
        if let told = user.own?.presence?.toldCell?.channel, !channels.contains(told) { channels.append(told) }
        guard !channels.isEmpty, let target = user.target(process: process) else { return }
        let order = nextOrder(of: &user, at: moment)
        for channel in channels {
            guard let cell = BlurredCell(channel) else { continue }
            let said = Presence(
                process: process, order: order, kind: .withdrawn, identity: target.identity, born: 0, cell: cell,
                minute: target.minute)
            say(said, of: index, in: channel, at: moment, out: &out)
        }
    }

    private mutating func say(
        _ said: Presence, of index: UInt32, in channel: Geohash, at moment: Moment, out: inout Letterbox
    ) {
        let announcement = Announcement(user: index, presence: said, cell: channel)
        departures.note(announcement, now: moment.monotonic)
        out.announcements.append(announcement)
    }

    // MARK: Roll calls

    mutating func takeRollCall(_ letter: RollCall, now: Int64) {
        guard process != nil else { return }
        let cell = letter.cell.geohash
        if let place = answers.firstIndex(where: { $0.cell == cell }) {
            answers[place].isAskedAgain = answers[place].users != nil
        } else if residents[cell] != nil || !departures.isEmpty(in: cell) {
            answers.append(RollAnswer(cell: cell, due: now + StrangerLimits.rollCallDelay))
        }
    }

    /// Who is to be told of: whom this process holds in the cell, and who has left it; from the last to the first.
    private func answer(in cell: Geohash) -> [UInt32] {
        let present = residents[cell, default: []].filter { users[$0]?.ownChannel == cell }
        return present.union(departures.users(in: cell)).sorted(by: >)
    }

    mutating func answerRollCalls(at moment: Moment, out: inout Letterbox) {
        for place in answers.indices.reversed() where answers[place].due <= moment.monotonic {
            var answer = answers[place]
            if answer.isRested {
                answers.remove(at: place)
                continue
            }
            if answer.users?.isEmpty == true { answer.begin() }
            var rest = answer.users ?? self.answer(in: answer.cell)
            for _ in 0..<min(StrangerLimits.rollCallPart, rest.count) {
                repeatWord(of: rest.removeLast(), in: answer.cell, at: moment, out: &out)
            }
            answer.proceed(with: rest, now: moment.monotonic)
            answers[place] = answer
        }
    }

    private mutating func repeatWord(
        of index: UInt32, in cell: Geohash, at moment: Moment, out: inout Letterbox
    ) {
        if var user = users[index], user.ownChannel == cell {
            announce(index, &user, at: moment, out: &out)
            store(index, user, out: &out)
        } else if let departure = departures[index, in: cell] {
            out.announcements.append(Announcement(user: index, presence: departure, cell: cell))
        }
    }

    // MARK: Who is where

    /// Keeps up who is found by which cell, and which cells are wanted for users of the own process.
    mutating func note(_ index: UInt32, before: HomeUser?, after: HomeUser, out: inout Letterbox) {
        let (former, channels) = (before?.channels ?? [], after.channels)
        for cell in former where !channels.contains(cell) {
            residents[cell]?.remove(index)
            if residents[cell]?.isEmpty == true { residents[cell] = nil }
        }
        for cell in channels where !former.contains(cell) { residents[cell, default: []].insert(index) }
        let (formerOwn, own) = (before?.ownChannel, after.ownChannel)
        guard formerOwn != own else { return }
        if let own { out.interest.add(own) }
        if let formerOwn { out.interest.remove(formerOwn) }
    }
}

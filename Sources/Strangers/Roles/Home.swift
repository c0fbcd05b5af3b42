import Geo

/// The role of a user's home shard: knows whether the user is among strangers and where, and claims the
/// blurred cell with the cell's owner. The only place where strangers see a true position, which leaves it
/// blurred.
///
/// Other processes have homes for the same user if it has sessions there, or strangers near it. Each says what its own
/// sessions hold, and each makes one claim of all that is said (``Home/settle(_:_:asker:out:)``).
///
/// A value: letters in, letters out.
struct Home {
    let settings: StrangerSettings
    let map: ShardMap
    let blur: Blur
    /// This process among others; `nil` if it is alone, and then nothing is announced.
    let process: UInt64?
    private(set) var users: [UInt32: HomeUser] = [:]
    /// By user index / shard count: orders what is claimed for one user, for as long as the process lives.
    private var generations: [UInt32] = []
    private var deadlines = Deadlines()
    /// The highest order that was given to a presence.
    private var lastOrder: UInt64 = 0
    /// Who is to be found by a cell of precision 4.
    var residents: [Geohash: Set<UInt32>] = [:]
    /// One a cell at most.
    var answers: [RollAnswer] = []
    var departures = Departures()

    init(settings: StrangerSettings, map: ShardMap, process: UInt64? = nil) {
        self.settings = settings
        self.map = map
        self.process = process
        blur = Blur(settings)
    }

    var nextDue: Int64? {
        let due = min(deadlines.nextDue ?? .max, answers.lazy.map(\.due).min() ?? .max)
        return due == .max ? nil : due
    }

    // MARK: Letters of own sessions

    mutating func open(
        _ letter: Opening, at moment: Moment, random: inout StrangerRandom, out: inout Letterbox
    ) {
        var user = users[letter.user] ?? HomeUser()
        var own = user.own ?? OwnUser(number: letter.number, fix: letter.fix)
        let isBack = own.graceEnd != nil
        own.shards |= 1 << UInt64(letter.shard)
        own.graceEnd = nil
        if letter.fix.timestamp > own.fix.timestamp { own.fix = letter.fix }
        user.own = own
        declare(letter.user, &user, isNews: isBack, at: moment, random: &random, out: &out)
        settle(letter.user, &user, asker: letter.shard, out: &out)
        store(letter.user, user, out: &out)
    }

    mutating func close(_ letter: Closing, at moment: Moment, out: inout Letterbox) {
        guard var user = users[letter.user], user.own != nil else { return }
        user.own?.shards &= ~(1 << UInt64(letter.shard))
        guard user.own?.shards == 0 else { return store(letter.user, user, out: &out) }
        guard letter.hasGrace else { return withdraw(letter.user, &user, at: moment, out: &out) }
        if user.own?.graceEnd == nil {
            user.own?.graceEnd = moment.monotonic + StrangerLimits.graceMilliseconds
            raiseOrder(of: &user, at: moment)
            announce(letter.user, &user, at: moment, out: &out)
            if isHeldElsewhere(user) { release(letter.user, &user, at: moment, out: &out) }
        }
        settle(letter.user, &user, out: &out)
        store(letter.user, user, out: &out)
    }

    mutating func move(
        _ letter: Movement, at moment: Moment, random: inout StrangerRandom, out: inout Letterbox
    ) {
        guard var user = users[letter.user], let own = user.own, letter.fix.timestamp > own.fix.timestamp
        else { return }
        tellOwnShards(letter, before: own, out: &out)
        user.own?.fix = letter.fix
        let cell = blur.cell(of: letter.fix.coordinate, holding: user.claim?.cell)
        if user.claim?.cell != cell || own.presence?.cell != cell || own.presence?.isSilent != false {
            declare(letter.user, &user, isNews: true, at: moment, random: &random, out: &out)
        } else {
            tellMinute(letter.user, &user, at: moment, out: &out)
        }
        settle(letter.user, &user, out: &out)
        store(letter.user, user, out: &out)
    }

    mutating func suspend(_ letter: Suspension, at moment: Moment, out: inout Letterbox) {
        guard var user = users[letter.user] else { return }
        out.post(.ownSuspension(letter), toEach: user.own?.shards ?? 0)
        guard letter.isHeard else { return withdraw(letter.user, &user, at: moment, out: &out) }
        // Whoever did it tells the others.
        if user.own != nil { release(letter.user, &user, at: moment, out: &out) }
        settle(letter.user, &user, out: &out)
        store(letter.user, user, out: &out)
    }

    // MARK: Time

    /// Ends the grace of users without a session, withdraws those who were silent too long, says again who is here, and
    /// forgets what other processes have not said again.
    mutating func tick(at moment: Moment, out: inout Letterbox) {
        departures.tick(now: moment.monotonic)
        answerRollCalls(at: moment, out: &out)
        while let entry = deadlines.take(now: moment.monotonic) {
            guard var user = users[entry.id], user.armed == entry.due else { continue }
            user.armed = .max
            user.remotes.removeAll { $0.end <= moment.monotonic }
            attendOwn(entry.id, &user, at: moment, out: &out)
            settle(entry.id, &user, out: &out)
            store(entry.id, user, out: &out)
        }
    }

    private mutating func attendOwn(
        _ index: UInt32, _ user: inout HomeUser, at moment: Moment, out: inout Letterbox
    ) {
        guard let own = user.own, let presence = own.presence else { return }
        let now = moment.monotonic
        if let graceEnd = own.graceEnd, graceEnd <= now {
            return release(index, &user, at: moment, out: &out)
        }
        guard !presence.isSilent else { return }
        if own.fix.heard + settings.inactivityMilliseconds <= now {
            user.own?.presence?.isSilent = true
            raiseOrder(of: &user, at: moment)
            announce(index, &user, at: moment, out: &out)
        } else if let due = own.reassertAt, due <= now {
            user.own?.reassertAt = nil
            raiseOrder(of: &user, at: moment)
            announce(index, &user, at: moment, out: &out)
        } else if process != nil, presence.toldAt + StrangerLimits.refreshMilliseconds <= now {
            refresh(index, &user, at: moment, out: &out)
        }
    }

    // MARK: What this process says

    /// Says where the newest fix is, with a new life if the user was visible nowhere.
    private mutating func declare(
        _ index: UInt32, _ user: inout HomeUser, isNews: Bool, at moment: Moment, random: inout StrangerRandom,
        out: inout Letterbox
    ) {
        guard let own = user.own else { return }
        let former = own.presence.flatMap { $0.isSilent ? nil : $0 }
        let cell = blur.cell(of: own.fix.coordinate, holding: user.claim?.cell)
        var presence = former ?? newPresence(of: own, among: user.visibleRemotes, at: moment, random: &random)
        let hasChanged = isNews || former == nil || former?.cell != cell
        let isTold = hasChanged || presence.minute != own.fix.minute
        presence.cell = cell
        presence.minute = own.fix.minute
        presence.toldAt = moment.monotonic
        user.own?.presence = presence
        if hasChanged { raiseOrder(of: &user, at: moment) }
        if isTold { announce(index, &user, at: moment, out: &out) }
    }

    /// Somebody who is here by another process keeps the life that it has there.
    private func newPresence(
        of own: OwnUser, among remotes: some Sequence<Presence>, at moment: Moment,
        random: inout StrangerRandom
    ) -> OwnPresence {
        let elder = remotes.min { $0.isOlder(than: $1) }
        let identity = StrangerIdentity(number: own.number, life: elder?.identity.life ?? random.next())
        let born = elder?.born ?? UInt32(clamping: moment.wall / 1_000)
        return OwnPresence(
            cell: nil, identity: identity, born: born, minute: own.fix.minute, order: 0,
            toldAt: moment.monotonic, toldCell: own.presence?.toldCell)
    }

    /// At most one minute is told a minute, however a client's clock runs.
    private mutating func tellMinute(
        _ index: UInt32, _ user: inout HomeUser, at moment: Moment, out: inout Letterbox
    ) {
        guard let own = user.own, let presence = own.presence, presence.minute != own.fix.minute,
            moment.monotonic - presence.toldAt >= StrangerLimits.minuteMilliseconds
        else { return }
        refresh(index, &user, at: moment, out: &out)
    }

    /// Says again where the user is. As news while it has a session, which is true whatever others said meanwhile.
    private mutating func refresh(
        _ index: UInt32, _ user: inout HomeUser, at moment: Moment, out: inout Letterbox
    ) {
        guard let own = user.own else { return }
        user.own?.presence?.minute = own.fix.minute
        user.own?.presence?.toldAt = moment.monotonic
        if own.shards != 0 { raiseOrder(of: &user, at: moment) }
        announce(index, &user, at: moment, out: &out)
    }

    /// What is said next is newer than all that was said of the user, by the wall clocks of all processes and by
    /// what is known here.
    mutating func nextOrder(of user: inout HomeUser, at moment: Moment) -> UInt64 {
        let known = user.remotes.lazy.map(\.presence.order).max() ?? 0
        lastOrder = max(UInt64(clamping: moment.wall), lastOrder + 1)
        // No two words have the same, also while the clock of another process that was heard is ahead.
        user.lastOrder = max(lastOrder, max(known, user.lastOrder) + 1) & Presence.orderMask
        return user.lastOrder
    }

    mutating func raiseOrder(of user: inout HomeUser, at moment: Moment) {
        let order = nextOrder(of: &user, at: moment)
        user.own?.presence?.order = order
    }

    /// Nothing holds the user here any more; it stays if another process holds it.
    mutating func release(_ index: UInt32, _ user: inout HomeUser, at moment: Moment, out: inout Letterbox) {
        user.own?.presence?.isSilent = true
        raiseOrder(of: &user, at: moment)
        announce(index, &user, at: moment, out: &out)
        user.own = nil
    }

    /// The user vanishes, whoever holds it.
    private mutating func withdraw(
        _ index: UInt32, _ user: inout HomeUser, at moment: Moment, out: inout Letterbox
    ) {
        announceWithdrawal(index, &user, at: moment, out: &out)
        user.own = nil
        voidRemotes(of: &user, before: .max, now: moment.monotonic)
        settle(index, &user, out: &out)
        store(index, user, out: &out)
    }

    // MARK: Claims

    /// Claims what follows from all that is said of the user, if that is not what is claimed already.
    mutating func settle(_ index: UInt32, _ user: inout HomeUser, asker: Int? = nil, out: inout Letterbox) {
        guard let target = user.target(process: process) else { return retract(index, &user, out: &out) }
        if let standing = user.claim, !standing.isSilent {
            if standing.identity != target.identity {
                // Whoever saw the other pseudonym has to lose it first.
                post(.silent, index, standing, out: &out)
            } else if standing.cell == target.cell, asker == nil {
                return tellMinute(index, &user, target.minute, out: &out)
            }
        }
        claim(index, &user, target, asker: asker, out: &out)
    }

    private func tellMinute(_ index: UInt32, _ user: inout HomeUser, _ minute: UInt32, out: inout Letterbox) {
        guard let standing = user.claim, standing.minute != minute else { return }
        user.claim?.minute = minute
        let change = MinuteChange(user: index, generation: generation(of: index), minute: minute)
        out.post(.minuteOfClaim(change), to: map.owner(of: standing.cell, user: index))
    }

    private mutating func claim(
        _ index: UInt32, _ user: inout HomeUser, _ target: HomeUser.Standing, asker: Int?, out: inout Letterbox
    ) {
        let owner = map.owner(of: target.cell, user: index)
        if let standing = user.claim {
            let former = map.owner(of: standing.cell, user: index)
            if former != owner {
                let retraction = Retraction(user: index, generation: generation(of: index), kind: .movedAway)
                out.post(.retraction(retraction), to: former)
            }
        }
        user.claim = target
        let claim = Claim(
            user: index, generation: raiseGeneration(of: index), identity: target.identity, cell: target.cell,
            minute: target.minute, shards: user.own?.shards ?? 0, asker: asker)
        out.post(.claim(claim), to: owner)
    }

    /// Nobody says that the user is visible.
    private mutating func retract(_ index: UInt32, _ user: inout HomeUser, out: inout Letterbox) {
        guard let standing = user.claim else { return }
        if user.own == nil {
            post(.withdrawn, index, standing, out: &out)
            user.claim = nil
        } else if !standing.isSilent {
            post(.silent, index, standing, out: &out)
            user.claim?.isSilent = true
        }
    }

    private mutating func post(
        _ kind: Retraction.Kind, _ index: UInt32, _ standing: HomeUser.Standing, out: inout Letterbox
    ) {
        let retraction = Retraction(user: index, generation: raiseGeneration(of: index), kind: kind)
        out.post(.retraction(retraction), to: map.owner(of: standing.cell, user: index))
    }

    /// The sessions on other shards follow the user's own cell; nothing finer than its finest precision matters.
    private func tellOwnShards(_ letter: Movement, before own: OwnUser, out: inout Letterbox) {
        let finest = settings.precisions.last ?? StrangerLimits.finestPrecision
        guard
            Geohash(letter.fix.coordinate, precision: finest) != Geohash(own.fix.coordinate, precision: finest)
        else { return }
        // A fix that no shard of this process accepted has no bit.
        out.post(.ownMovement(letter), toEach: own.shards & ~(1 << UInt64(letter.shard)))
    }

    // MARK: Users

    mutating func store(_ index: UInt32, _ user: HomeUser, out: inout Letterbox) {
        if process != nil { note(index, before: users[index], after: user, out: &out) }
        guard !user.isEmpty else {
            users[index] = nil
            return
        }
        var user = user
        if let due = user.nextDue(inactivity: settings.inactivityMilliseconds, isShared: process != nil),
            due < user.armed
        {
            user.armed = due
            deadlines.add(index, due: due)
        }
        users[index] = user
    }

    private func generation(of user: UInt32) -> UInt32 {
        let place = Int(user) / map.shardCount
        return place < generations.count ? generations[place] : 0
    }

    private mutating func raiseGeneration(of user: UInt32) -> UInt32 {
        let place = Int(user) / map.shardCount
        if place >= generations.count {
            generations.append(contentsOf: repeatElement(0, count: place + 1 - generations.count))
        }
        generations[place] += 1
        return generations[place]
    }
}

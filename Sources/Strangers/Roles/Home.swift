import Geo

/// The role of a user's home shard: knows whether the user is among strangers and where, and claims the
/// blurred cell with the cell's owner. The only place where strangers see a true position, which leaves it
/// blurred.
///
/// A value: letters in, letters out.
struct Home {
    private let settings: StrangerSettings
    private let map: ShardMap
    private let blur: Blur
    private var users: [UInt32: HomeUser] = [:]
    /// By user index / shard count: orders what is claimed for one user, for as long as the process lives.
    private var generations: [UInt32] = []
    private var deadlines = Deadlines()

    init(settings: StrangerSettings, map: ShardMap) {
        self.settings = settings
        self.map = map
        blur = Blur(settings)
    }

    var nextDue: Int64? { deadlines.nextDue }

    // MARK: Letters

    mutating func open(_ letter: Opening, now: Int64, random: inout StrangerRandom, out: inout Letterbox) {
        var user = users[letter.user] ?? HomeUser(number: letter.number, fix: letter.fix)
        user.shards |= 1 << UInt64(letter.shard)
        user.graceEnd = nil
        if letter.fix.timestamp > user.fix.timestamp { user.fix = letter.fix }
        claim(letter.user, &user, asker: letter.shard, now: now, random: &random, out: &out)
        store(letter.user, user)
    }

    mutating func close(_ letter: Closing, now: Int64, out: inout Letterbox) {
        guard var user = users[letter.user] else { return }
        user.shards &= ~(1 << UInt64(letter.shard))
        guard user.shards == 0 else { return store(letter.user, user) }
        guard letter.hasGrace else { return withdraw(letter.user, user, out: &out) }
        user.graceEnd = user.graceEnd ?? now + StrangerLimits.graceMilliseconds
        store(letter.user, user)
    }

    mutating func move(_ letter: Movement, now: Int64, random: inout StrangerRandom, out: inout Letterbox) {
        guard var user = users[letter.user], letter.fix.timestamp > user.fix.timestamp else { return }
        tellOwnShards(letter, before: user, out: &out)
        user.fix = letter.fix
        let cell = blur.cell(of: letter.fix.coordinate, holding: user.claim?.cell)
        if user.claim?.cell != cell || user.claim?.isSilent != false {
            claim(letter.user, &user, asker: nil, now: now, random: &random, out: &out)
        } else {
            tellMinute(letter.user, &user, now: now, out: &out)
        }
        store(letter.user, user)
    }

    mutating func suspend(_ letter: Suspension, out: inout Letterbox) {
        guard let user = users[letter.user] else { return }
        out.post(.ownSuspension(letter), toEach: user.shards)
        withdraw(letter.user, user, out: &out)
    }

    // MARK: Time

    /// Ends the grace of users without a session and withdraws those who were silent too long.
    mutating func tick(now: Int64, out: inout Letterbox) {
        while let entry = deadlines.take(now: now) {
            guard var user = users[entry.id], user.armed == entry.due else { continue }
            user.armed = .max
            if let graceEnd = user.graceEnd, graceEnd <= now {
                withdraw(entry.id, user, out: &out)
                continue
            }
            if user.claim?.isSilent == false, user.fix.heard + settings.inactivityMilliseconds <= now {
                retract(entry.id, user, .silent, out: &out)
                user.claim?.isSilent = true
            }
            store(entry.id, user)
        }
    }

    // MARK: Claims

    /// Claims the cell of the newest fix, with a new life if the user was not visible.
    private mutating func claim(
        _ index: UInt32, _ user: inout HomeUser, asker: Int?, now: Int64, random: inout StrangerRandom,
        out: inout Letterbox
    ) {
        let cell = blur.cell(of: user.fix.coordinate, holding: user.claim?.cell)
        let owner = map.owner(of: cell, user: index)
        if let standing = user.claim {
            let former = map.owner(of: standing.cell, user: index)
            if former != owner {
                let retraction = Retraction(user: index, generation: generation(of: index), kind: .movedAway)
                out.post(.retraction(retraction), to: former)
            }
        }
        let visible = user.claim.flatMap { $0.isSilent ? nil : $0.identity }
        let identity = visible ?? StrangerIdentity(number: user.number, life: random.next())
        user.claim = HomeUser.Standing(
            cell: cell, identity: identity, minute: user.fix.minute, minuteToldAt: now)
        let claim = Claim(
            user: index, generation: raiseGeneration(of: index), identity: identity, cell: cell,
            minute: user.fix.minute, shards: user.shards, asker: asker)
        out.post(.claim(claim), to: owner)
    }

    private mutating func retract(
        _ index: UInt32, _ user: HomeUser, _ kind: Retraction.Kind, out: inout Letterbox
    ) {
        guard let standing = user.claim else { return }
        let retraction = Retraction(user: index, generation: raiseGeneration(of: index), kind: kind)
        out.post(.retraction(retraction), to: map.owner(of: standing.cell, user: index))
    }

    private mutating func withdraw(_ index: UInt32, _ user: HomeUser, out: inout Letterbox) {
        retract(index, user, .withdrawn, out: &out)
        users[index] = nil
    }

    /// At most one minute is told a minute, however a client's clock runs.
    private func tellMinute(_ index: UInt32, _ user: inout HomeUser, now: Int64, out: inout Letterbox) {
        guard var standing = user.claim, standing.minute != user.fix.minute,
            now - standing.minuteToldAt >= StrangerLimits.minuteMilliseconds
        else { return }
        standing.minute = user.fix.minute
        standing.minuteToldAt = now
        user.claim = standing
        let change = MinuteChange(user: index, generation: generation(of: index), minute: standing.minute)
        out.post(.minuteOfClaim(change), to: map.owner(of: standing.cell, user: index))
    }

    /// The sessions on other shards follow the user's own cell; nothing finer than its finest precision matters.
    private func tellOwnShards(_ letter: Movement, before user: HomeUser, out: inout Letterbox) {
        let finest = settings.precisions.last ?? StrangerLimits.finestPrecision
        guard
            Geohash(letter.fix.coordinate, precision: finest) != Geohash(user.fix.coordinate, precision: finest)
        else { return }
        out.post(.ownMovement(letter), toEach: user.shards & ~(1 << UInt64(letter.shard)))
    }

    // MARK: Users

    private mutating func store(_ index: UInt32, _ user: HomeUser) {
        var user = user
        if let due = user.nextDue(inactivity: settings.inactivityMilliseconds), due < user.armed {
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

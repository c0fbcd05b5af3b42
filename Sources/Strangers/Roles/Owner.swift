import Geo

/// The role of a cell's owner: knows all claims on its cells, decides by ``PublishingRule`` where each user is
/// published, and tells all shards. It sees blurred cells, never a position.
///
/// A value: letters in, letters out. A claim costs O(1) and at most k decisions for each precision.
struct Owner {
    private struct Holding {
        var claim: Claim
        var published: PublishedCell?
        var place: CellTree.Place?
    }

    private let settings: StrangerSettings
    private var holdings: [UInt32: Holding] = [:]
    private var tree = CellTree()
    /// Cells whose count crossed k, so that the users inside are to be decided anew.
    private var crossed: [Geohash] = []

    init(settings: StrangerSettings) { self.settings = settings }

    // MARK: Letters

    mutating func take(_ claim: Claim, out: inout Letterbox) {
        let former = holdings[claim.user]
        if let former { leave(former) }
        var holding = Holding(claim: claim, published: former?.published, place: nil)
        if let cell = claim.cell?.geohash {
            holding.place = tree.insert(claim.user, in: cell)
            noteCrossings(from: cell, at: settings.k)
        }
        holdings[claim.user] = holding
        decideCrossed(except: claim.user, out: &out)
        let isNew = former?.claim.identity != claim.identity
        let isTold = decide(claim.user, isNew: isNew, out: &out)
        if !isTold, former?.claim.minute != claim.minute {
            let change = MinuteChange(user: claim.user, generation: claim.generation, minute: claim.minute)
            out.postToAll(.minute(change))
        }
        tell(claim, asker: claim.asker, out: &out)
    }

    mutating func retract(_ letter: Retraction, out: inout Letterbox) {
        guard var holding = holdings[letter.user], holding.claim.generation <= letter.generation else { return }
        leave(holding)
        holding.claim.cell = nil
        holding.published = nil
        holding.place = nil
        holdings[letter.user] = letter.kind == .silent ? holding : nil
        if letter.kind != .movedAway { announceWithdrawal(letter, holding.claim, out: &out) }
        decideCrossed(except: letter.user, out: &out)
    }

    mutating func setMinute(_ letter: MinuteChange, out: inout Letterbox) {
        guard let holding = holdings[letter.user], holding.claim.generation == letter.generation else { return }
        holdings[letter.user]?.claim.minute = letter.minute
        out.postToAll(.minute(letter))
    }

    // MARK: Decisions

    private mutating func decideCrossed(except user: UInt32, out: inout Letterbox) {
        guard !crossed.isEmpty else { return }
        var users: [UInt32] = []
        for cell in crossed { tree.forEachEntry(in: cell) { users.append($0) } }
        crossed.removeAll(keepingCapacity: true)
        for inside in users where inside != user {
            if decide(inside, isNew: false, out: &out), let holding = holdings[inside] {
                tell(holding.claim, asker: nil, out: &out)
            }
        }
    }

    /// Decides where a user is published, and tells all shards if that is new.
    private mutating func decide(_ user: UInt32, isNew: Bool, out: inout Letterbox) -> Bool {
        guard let holding = holdings[user] else { return false }
        let claim = holding.claim
        let cell = claim.cell.flatMap {
            PublishingRule.publishedCell(of: $0, precisions: settings.precisions, k: settings.k, count: tree.count)
        }
        guard isNew || cell != holding.published else { return false }
        holdings[user]?.published = cell
        let placement = Placement(
            user: user, generation: claim.generation, identity: claim.identity, cell: cell, minute: claim.minute)
        out.postToAll(.placement(placement))
        return true
    }

    /// Tells the user's own shards; the one that asked gets its answer.
    private func tell(_ claim: Claim, asker: Int?, out: inout Letterbox) {
        var verdict = Verdict(
            user: claim.user, generation: claim.generation, identity: claim.identity, cell: claim.cell,
            isPublished: holdings[claim.user]?.published != nil, isAnswer: false)
        out.post(.verdict(verdict), toEach: asker.map { claim.shards & ~(1 << UInt64($0)) } ?? claim.shards)
        guard let asker else { return }
        verdict.isAnswer = true
        out.post(.verdict(verdict), to: asker)
    }

    private func announceWithdrawal(_ letter: Retraction, _ claim: Claim, out: inout Letterbox) {
        let isSilent = letter.kind == .silent
        let withdrawal = Withdrawal(user: letter.user, generation: letter.generation, isSilent: isSilent)
        out.postToAll(.withdrawal(withdrawal))
        let verdict = Verdict(
            user: letter.user, generation: letter.generation, identity: claim.identity, cell: nil,
            isPublished: false, isAnswer: false)
        out.post(.verdict(verdict), toEach: claim.shards)
    }

    // MARK: Counts

    private mutating func leave(_ holding: Holding) {
        guard let place = holding.place, let cell = holding.claim.cell?.geohash else { return }
        if let moved = tree.remove(at: place) { holdings[moved]?.place = place }
        noteCrossings(from: cell, at: settings.k - 1)
    }

    /// Notes the ancestors that have `count` users now: one more or one fewer made the difference.
    private mutating func noteCrossings(from cell: Geohash, at count: Int) {
        for precision in settings.precisions where precision <= cell.precision {
            let ancestor = cell.parent(precision: precision)
            if tree.count(in: ancestor) == count, !crossed.contains(ancestor) { crossed.append(ancestor) }
        }
    }
}

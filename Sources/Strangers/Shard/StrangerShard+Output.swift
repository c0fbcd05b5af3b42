public import Geo

/// What the edge reads.
extension StrangerShard {
    /// The effective values and everyone shown; `nil` if the session has strangers off or waits for its answer.
    ///
    /// Counts as told: ``drain(session:)`` goes on from here. Pseudonyms that went before it are still drained.
    public func status(of session: UInt32) -> StrangerStatus? {
        guard let slot = slotOfSession[session], sessions[slot].isReady else { return nil }
        let items = tell(slot) { _ in true }
        // Whoever had to be left out is to be drained.
        defer { raiseEvents() }
        let entry = sessions[slot]
        return StrangerStatus(
            radius: entry.radius.metres, routing: entry.routing, expiresAt: entry.expiryWall,
            isTooFew: entry.isTooFew, items: items)
    }

    /// The cells of a session, `nil` if it has strangers off.
    public func routing(of session: UInt32) -> StrangerRouting? {
        slotOfSession[session].map { sessions[$0].routing }
    }

    /// The session's own blurred cell, whether or not it is published; `nil` if it has strangers off, waits for its answer, or is
    /// where there is none.
    public func ownCell(of session: UInt32) -> Geohash? {
        slotOfSession[session].flatMap { observers[sessions[$0].user]?.verdict?.cell?.geohash }
    }

    /// What changed for a session since the last time; empty if nothing did.
    public func drain(session: UInt32) -> StrangerChanges {
        var changes = StrangerChanges()
        guard let slot = slotOfSession[session], sessions[slot].isReady else { return changes }
        // What goes while it is being told goes with it.
        sessions[slot].isMarked = true
        changes.entered = tell(slot) { $0.isPending }
        changes.gone = sessions[slot].gone.sorted()
        sessions[slot].gone.removeAll(keepingCapacity: false)
        sessions[slot].isMarked = false
        return changes
    }

    /// The showings that satisfy a condition, ordered by sid; from here on they count as told.
    private func tell(_ slot: Int, where isWanted: (Showing) -> Bool) -> [Stranger] {
        hideForbidden(slot)
        guard let look = sessions[slot].look else { return [] }
        let own = look.reach.cell.geohash.center
        var items: [Stranger] = []
        for index in showings.range(session: slot) where isWanted(showings[index]) {
            items.append(stranger(showings[index], slot, from: own))
            showings[index].setTold()
        }
        items.sort { $0.sid < $1.sid }
        return items
    }

    private func stranger(_ showing: Showing, _ slot: Int, from own: Coordinate) -> Stranger {
        let cell = showing.cell.geohash
        let center = cell.center
        return Stranger(
            sid: sid(of: showing, slot), cell: cell, center: center,
            timestamp: Int64(showing.minute) * StrangerLimits.minuteMilliseconds,
            distance: own.distance(to: center))
    }

    /// Relations are checked again when something is told: one may have changed since the look.
    private func hideForbidden(_ slot: Int) {
        for index in showings.range(session: slot).reversed() {
            let user = members[showings[index].member].user
            if relations.hides(session: sessions[slot].id, user: user) { hide(index) }
        }
    }
}

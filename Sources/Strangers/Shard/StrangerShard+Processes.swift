import Geo

/// What sessions need of other processes.
extension StrangerShard {
    /// Lets a session in that ``StrangersHost/strangersWait(session:for:)`` was told of: it is shown who is known now.
    /// Harmless if it is in or gone.
    public func admit(session: UInt32, at moment: Moment) {
        perform(at: moment) {
            guard let slot = slotOfSession[session], !sessions[slot].isReady,
                observers[sessions[slot].user]?.verdict != nil
            else { return }
            admit(slot, moment)
        }
    }

    func admit(_ slot: Int, _ moment: Moment) {
        look(slot, moment)
        sessions[slot].isReady = true
        sessions[slot].nextTick =
            moment.monotonic + 1 + Int64(random.number(below: Int(settings.tickMilliseconds)))
        arm(slot)
        raise(.ready, slot)
    }

    /// Sees to it that everybody is heard of whom a session can be shown.
    ///
    /// Follows the user's cell at once, while the session looks at its next tick: by then the answers are there.
    func follow(_ slot: Int, _ cell: BlurredCell?) {
        guard home.process != nil else { return }
        let reach = cell.map { Reach(cell: $0, radius: sessions[slot].radius.metres) }
        guard reach != sessions[slot].followed else { return }
        let cells = reach?.coarseCells ?? []
        for cell in cells { letterbox.interest.add(cell) }
        unfollow(slot)
        sessions[slot].followed = reach
        sessions[slot].followedCells = cells
    }

    func unfollow(_ slot: Int) {
        for cell in sessions[slot].followedCells { letterbox.interest.remove(cell) }
        sessions[slot].followed = nil
        sessions[slot].followedCells = []
    }
}

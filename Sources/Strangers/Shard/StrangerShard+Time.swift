/// What time brings.
extension StrangerShard {
    /// When ``tick(at:)`` has to be called next at the latest, monotonic milliseconds; `nil` if nothing waits for
    /// time to pass. May be earlier than needed.
    public var nextDue: Int64? {
        switch (deadlines.nextDue, home.nextDue) {
        case (let a?, let b?): min(a, b)
        case (let a, let b): a ?? b
        }
    }

    /// Does what is due: the sessions' ticks, expired opt-ins, the end of graces, inactive users. Costs nothing
    /// for those who are not due.
    public func tick(at moment: Moment) {
        perform(at: moment) {
            home.tick(at: moment, out: &letterbox)
            while let entry = deadlines.take(now: moment.monotonic) {
                let slot = Int(entry.id)
                guard sessions[slot].armed == entry.due else { continue }
                sessions[slot].armed = .max
                attend(slot, moment)
            }
        }
    }

    private func attend(_ slot: Int, _ moment: Moment) {
        guard moment.monotonic < sessions[slot].expiry else { return expel(slot, .expired) }
        if moment.monotonic >= sessions[slot].nextTick {
            look(slot, moment)
            let missed = (moment.monotonic - sessions[slot].nextTick) / settings.tickMilliseconds
            sessions[slot].nextTick += (missed + 1) * settings.tickMilliseconds
        }
        arm(slot)
    }
}

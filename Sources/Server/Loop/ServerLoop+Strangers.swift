import Channels
import Geo
import NIOCore
import Strangers

/// The strangers' side of a loop: records to other shards, news to sessions, and who must not see whom.
extension ServerLoop: StrangersHost {
    func send(_ record: Record, toShard shard: Int) {
        self.shard.post(record, to: shard)
    }

    func publish(_ record: Record, of user: UInt32, in cell: Geohash) {
        core.cluster?.publish(record, of: user, in: cell)
    }

    func strangersInterest(in cell: Geohash, isWanted: Bool) {
        core.cluster?.setInterest(in: cell, shard: index, isWanted: isWanted)
    }

    func strangersWait(session: UInt32, for cells: [Geohash]) {
        core.cluster?.prepare(cells).whenComplete { [handle] _ in
            handle.execute { loop in
                loop.strangers.admit(session: session, at: loop.moment)
                loop.workDone()
            }
        }
    }

    func strangersReady(session: UInt32) {
        self.session(at: session)?.strangersReady()
    }

    func strangersChanged(session: UInt32) {
        shard.wake(session)
    }

    func strangersStatusChanged(session: UInt32) {
        self.session(at: session)?.sendStrangers(seq: nil)
    }

    func strangersCellsChanged(session: UInt32) {
        guard let routing = strangers.routing(of: session) else { return }
        wire.cells(routing)
        self.session(at: session)?.send()
    }

    func strangersEnded(session: UInt32, reason: StrangerEnd) {
        guard let session = self.session(at: session) else { return }
        // Whoever still waits to be let in gets its answer by this.
        if session.onStrangersReady != nil { return session.strangersReady() }
        session.sayAfterAnswer { session in
            session.loop.wire.strangersOff(reason: reason, seq: nil)
            session.send()
        }
    }
}

extension ServerLoop: StrangerRelations {
    func hides(session: UInt32, user: UInt32) -> Bool {
        if shard.isFriend(user, of: session) { return true }
        return self.session(at: session)?.welcomed?.blocked.contains(user) ?? true
    }
}

extension ServerLoop {
    /// Two users became friends, or are no more.
    func friendshipChanged(_ a: UserIndex, _ b: UserIndex) {
        let moment = self.moment
        for session in shard.sessions(of: a) { strangers.relationsChanged(session: session, user: b, at: moment) }
        for session in shard.sessions(of: b) { strangers.relationsChanged(session: session, user: a, at: moment) }
        workDone()
    }

    /// A block between two users was made or lifted.
    func blockChanged(_ a: UserIndex, _ b: UserIndex, isBlocked: Bool) {
        for (own, other) in [(a, b), (b, a)] {
            for index in shard.sessions(of: own) {
                session(at: index)?.welcomed?.setBlocked(other, isBlocked)
            }
        }
        friendshipChanged(a, b)
    }

    /// A user shares no more.
    func withdrawFromStrangers(_ user: UserIndex) {
        strangers.withdraw(user: user, at: moment)
        workDone()
    }
}

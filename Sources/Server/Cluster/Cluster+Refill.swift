import ChannelBus
import Channels
import NIOCore

/// What this process gives the cache back: the own users, and those whom no process may bring back that has not heard
/// yet of what hides them.
extension Cluster {
    enum Refill {
        /// The ring has changed.
        case moved
        /// A server is there for the first time.
        case new(server: String)
        /// A server that was lost is back, perhaps empty. Who read it meanwhile did not find there what is told now.
        case returned(server: String)
    }

    func cacheServerChanged(_ server: BusServer) {
        switch server.state {
        case .connecting: break
        case .down: state.value.lostCaches.insert(server.name)
        case .up:
            let wasLost = state.value.lostCaches.remove(server.name) != nil
            refill(wasLost ? .returned(server: server.name) : .new(server: server.name))
        }
    }

    /// A slice at a time, so that neither this loop nor Redis has to do with all of them at once. A ring that changes meanwhile
    /// is cause for another refill.
    func refill(_ cause: Refill, from first: UserIndex = 1) {
        let end = min(first + Limits.refillSlice, UserIndex(engine.users.count + 1))
        for user in first..<end {
            if let state = stateToKeep(of: user) { giveBack(state, of: user, cause) }
        }
        guard end <= engine.users.count else { return }
        eventLoop.assumeIsolated().scheduleTask(in: Limits.refillPause) { [self] in refill(cause, from: end) }
    }

    private func stateToKeep(of user: UserIndex) -> UserState? {
        if isOwn(user), let state = engine.users.state(of: user) { return state }
        return engine.users.tombstone(of: user)
    }

    private func giveBack(_ known: UserState, of user: UserIndex, _ cause: Refill) {
        let id = engine.users.id(of: user)
        switch cause {
        case .moved: cache.store(known, of: id)
        case .new(let server): if isOn(server, id) { cache.store(known, of: id) }
        case .returned(let server):
            guard isOn(server, id) else { return }
            if isOwn(user) { tell(known, of: user) } else { cache.store(known, of: id) }
        }
    }

    private func isOn(_ server: String, _ user: UserID) -> Bool {
        state.value.cacheRing.ring.member(for: user.string.utf8) == server
    }
}

extension Limits {
    /// How many users of this process' table are looked at in one go when the cache is filled again.
    static let refillSlice: UserIndex = 10_000
    static let refillPause = TimeAmount.milliseconds(10)
}

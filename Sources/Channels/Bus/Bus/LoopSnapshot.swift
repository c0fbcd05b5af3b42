internal import Synchronization

/// What other threads may know of the loop of a bus or of a cache.
final class LoopSnapshot<Counters: Sendable>: Sendable {
    private let state: Mutex<(counters: Counters, servers: [BusServer])>

    init(_ ring: BusRing, _ counters: Counters, now: Int64) {
        let servers = ring.servers.map { BusServer(name: $0.name, state: .connecting, since: now) }
        state = Mutex((counters, servers))
    }

    var counters: Counters { state.withLock { $0.counters } }
    var servers: [BusServer] { state.withLock { $0.servers } }

    func set(_ counters: Counters) { state.withLock { $0.counters = counters } }
    func set(_ servers: [BusServer]) { state.withLock { $0.servers = servers } }
}

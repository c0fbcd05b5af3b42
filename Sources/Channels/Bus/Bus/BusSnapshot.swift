internal import Synchronization

/// What other threads may know of the bus' loop.
final class BusSnapshot: Sendable {
    private let state: Mutex<(counters: BusCounters, servers: [BusServer])>

    init(_ ring: BusRing, now: Int64) {
        let servers = ring.servers.map { BusServer(name: $0.name, state: .connecting, since: now) }
        state = Mutex((BusCounters(), servers))
    }

    var counters: BusCounters { state.withLock { $0.counters } }
    var servers: [BusServer] { state.withLock { $0.servers } }

    func set(_ counters: BusCounters) { state.withLock { $0.counters = counters } }
    func set(_ servers: [BusServer]) { state.withLock { $0.servers = servers } }
}

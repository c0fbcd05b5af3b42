import ChannelBus
import Rings

/// What the process counts of its ties to the others.
struct ClusterFigures: Sendable {
    let bus: BusCounters
    let busServers: [BusServer]
    let cache: CacheCounters
    let cacheServers: [BusServer]
    /// `nil` where the ring is that of the settings.
    let ring: RingStatus?
    let failovers: Int

    /// `nil` for a process that is alone.
    init?(_ core: ServerCore) {
        guard let cluster = core.cluster else { return nil }
        bus = cluster.bus.counters
        busServers = cluster.bus.servers
        cache = cluster.cache.counters
        cacheServers = cluster.cache.servers
        ring = core.ringKeeper?.status
        failovers = core.ringKeeper?.failovers ?? 0
    }
}

import ChannelBus
import Rings

extension ClusterFigures {
    /// Labels are names of servers, which whoever runs the service chose.
    var metrics: [Metric] { busMetrics + subscriptionMetrics + cacheMetrics + ringMetrics }

    private var busMetrics: [Metric] {
        [
            Metric(
                .gauge, "nearby_bus_server_up", "1 while both connections to a Redis server of the bus are there.",
                samples: busServers.map(Self.isUp)),
            Metric(.gauge, "nearby_bus_waiting", "Publications that wait for a server.", bus.waiting),
            Metric(.counter, "nearby_bus_published_total", "Publications that Redis acknowledged.", bus.published),
            Metric(.counter, "nearby_bus_refused_total", "Publications that Redis refused.", bus.refused),
            Metric(
                .counter, "nearby_bus_dropped_total", "Publications lost because too many waited.", bus.dropped),
            Metric(.counter, "nearby_bus_received_total", "Publications of other processes.", bus.received),
            Metric(
                .counter, "nearby_bus_malformed_total", "Messages that were none of the bus, or of an unknown version.",
                bus.malformed + bus.unknownVersions),
            Metric(.counter, "nearby_bus_sent_bytes_total", "Bytes sent to the bus' servers.", bus.bytesSent),
            Metric(.counter, "nearby_bus_received_bytes_total", "Bytes from the bus' servers.", bus.bytesReceived),
        ]
    }

    private var subscriptionMetrics: [Metric] {
        [
            Metric(.gauge, "nearby_bus_subscriptions", "Channels that are followed.", bus.subscriptions),
            Metric(
                .counter, "nearby_bus_subscriptions_refused_total", "Commands to subscribe that Redis refused.",
                bus.subscriptionsRefused),
            Metric(
                .counter, "nearby_bus_resubscribed_total",
                "Channels asked for again, after a loss or a change of the ring.", bus.resubscribed),
            Metric(
                .counter, "nearby_bus_restored_total", "Channels that were lost and are back.", bus.restored),
            Metric(.counter, "nearby_bus_reconnects_total", "Connections that came after the first.", bus.reconnects),
        ]
    }

    private var cacheMetrics: [Metric] {
        [
            Metric(
                .gauge, "nearby_cache_server_up", "1 while the connection to a Redis server of the cache is there.",
                samples: cacheServers.map(Self.isUp)),
            Metric(.gauge, "nearby_cache_waiting", "Writes that wait for a server.", cache.waiting),
            Metric(.counter, "nearby_cache_stored_total", "Writes that Redis has taken.", cache.stored),
            Metric(
                .counter, "nearby_cache_outranked_total", "Writes that Redis had something newer than.",
                cache.outranked),
            Metric(.counter, "nearby_cache_refused_total", "Writes that Redis refused.", cache.refused),
            Metric(.counter, "nearby_cache_dropped_total", "Writes lost because too many waited.", cache.dropped),
            Metric(.counter, "nearby_cache_hits_total", "Users asked for and found.", cache.found),
            Metric(
                .counter, "nearby_cache_misses_total", "Users asked for and not there.",
                max(cache.asked - cache.found - cache.unknown, 0)),
            Metric(
                .counter, "nearby_cache_unanswered_total", "Users whose server did not answer in time.", cache.unknown),
            Metric(
                .counter, "nearby_cache_malformed_total", "Values that were no location, or of an unknown version.",
                cache.malformed),
        ]
    }

    private var ringMetrics: [Metric] {
        guard let ring else { return [] }
        return [
            Metric(
                .gauge, "nearby_etcd_up", "1 if etcd answered the last time it was asked.", ring.isReachable ? 1 : 0),
            Metric(.gauge, "nearby_ring_servers", "Servers in the ring of the bus.", ring.servers.count),
            Metric(
                .gauge, "nearby_ring_revision", "etcd's revision of the ring; 0 for that of the settings.",
                ring.revision),
            Metric(.counter, "nearby_ring_changes_total", "Rings taken from etcd.", ring.changes),
            Metric(.counter, "nearby_ring_refused_total", "Values in etcd that were no ring.", ring.refusals),
            Metric(
                .counter, "nearby_ring_failovers_total", "Dead servers that this process replaced by standbys.",
                failovers),
        ]
    }

    private static func isUp(_ server: BusServer) -> Metric.Sample {
        Metric.Sample(label: .init("server", server), value: .integer(server.state == .up ? 1 : 0))
    }
}

import Channels
import Friends
import WebSocket

/// The answer to `/v1/admin/stats`.
struct ServerStats: Encodable {
    struct Engine: Encodable {
        let published, stale, applied, received, deliveries, departures, frames, expired: UInt64
    }

    struct Edge: Encodable {
        let opened, messages, frameBytes, conflated: UInt64
        /// By close code; codes that only clients send stand under `other`.
        let closed: [String: UInt64]
        let errors: [String: UInt64]
        /// REST answers by status.
        let answers: [String: UInt64]
    }

    struct Latency: Encodable {
        let loopMs: Double
        /// Counts of deliveries by the milliseconds that they took, at most `upToMs` each, and more in the last one.
        let upToMs: [Int64]
        let deliveries: [UInt64]
    }

    struct History: Encodable {
        let offered, written, dropped, withdrawn, failedBatches, waiting: Int
    }

    struct Process: Encodable {
        let cpuS: Double
        let residentBytes: Int64?
        let openFiles: Int?
        let maximumFiles: Int
    }

    let uptimeS: Double
    let draining: Bool
    let loops, users, connections, sessions, channels, strangerSessions, strangersPublished: Int
    let engine: Engine
    let edge: Edge
    let latency: Latency
    let history: History
    let process: Process
}

extension ServerFigures {
    var stats: ServerStats {
        ServerStats(
            uptimeS: Double(uptime) / 1_000, draining: isDraining, loops: loopCount, users: users,
            connections: loops.connections, sessions: loops.sessions, channels: loops.channels,
            strangerSessions: loops.strangerSessions, strangersPublished: loops.publishedStrangers,
            engine: ServerStats.Engine(loops.engine), edge: edgeStats,
            latency: ServerStats.Latency(
                loopMs: loopDelay, upToMs: DeliveryTimes.upTo, deliveries: loops.edge.deliveryTimes.counts),
            history: ServerStats.History(history),
            process: ServerStats.Process(
                cpuS: process.cpuSeconds, residentBytes: process.residentBytes, openFiles: process.openFiles,
                maximumFiles: process.maximumFiles))
    }

    /// Codes that did not occur are left out.
    private var edgeStats: ServerStats.Edge {
        let edge = loops.edge
        let (named, others) = edge.closedByName
        let closed = named.map { ("\($0.code.rawValue)", $0.count) } + [("other", others)]
        return ServerStats.Edge(
            opened: edge.opened, messages: edge.messages, frameBytes: edge.frameBytes, conflated: edge.conflated,
            closed: Dictionary(uniqueKeysWithValues: closed.filter { $0.1 > 0 }),
            errors: Dictionary(uniqueKeysWithValues: edge.errors.map { ($0.key.rawValue, $0.value) }),
            answers: Dictionary(uniqueKeysWithValues: answers.map { ("\($0.status)", $0.count) }))
    }
}

extension ServerStats.Engine {
    fileprivate init(_ counters: ShardCounters) {
        self.init(
            published: counters.published, stale: counters.stale, applied: counters.applied,
            received: counters.received, deliveries: counters.deliveries, departures: counters.departures,
            frames: counters.frames, expired: counters.expired)
    }
}

extension ServerStats.History {
    fileprivate init(_ counts: HistoryCounts) {
        self.init(
            offered: counts.offered, written: counts.written, dropped: counts.dropped,
            withdrawn: counts.withdrawn, failedBatches: counts.failedBatches, waiting: counts.waiting)
    }
}

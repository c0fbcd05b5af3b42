import Channels
import Strangers
import WebSocket

/// What one event loop has and has done.
struct LoopFigures: Sendable {
    var connections = 0
    var sessions = 0
    var channels = 0
    var strangerSessions = 0
    /// The same on every loop.
    var publishedStrangers = 0
    var engine = ShardCounters()
    var edge = EdgeCounters()

    init() {}

    init(_ loop: ServerLoop) {
        connections = loop.connectionCount
        sessions = loop.shard.sessionCount
        channels = loop.shard.channelCount
        strangerSessions = loop.strangers.sessionCount
        publishedStrangers = loop.strangers.publishedCount
        engine = loop.shard.counters
        edge = loop.counters
    }

    static func += (sum: inout LoopFigures, other: LoopFigures) {
        sum.connections += other.connections
        sum.sessions += other.sessions
        sum.channels += other.channels
        sum.strangerSessions += other.strangerSessions
        sum.publishedStrangers = max(sum.publishedStrangers, other.publishedStrangers)
        sum.engine += other.engine
        sum.edge += other.edge
    }
}

extension ShardCounters {
    fileprivate static func += (sum: inout ShardCounters, other: ShardCounters) {
        sum.published += other.published
        sum.stale += other.stale
        sum.applied += other.applied
        sum.received += other.received
        sum.deliveries += other.deliveries
        sum.departures += other.departures
        sum.frames += other.frames
        sum.expired += other.expired
    }
}

extension EdgeCounters {
    fileprivate static func += (sum: inout EdgeCounters, other: EdgeCounters) {
        sum.opened += other.opened
        sum.closed.merge(other.closed, uniquingKeysWith: +)
        sum.messages += other.messages
        sum.frameBytes += other.frameBytes
        sum.errors.merge(other.errors, uniquingKeysWith: +)
        sum.conflated += other.conflated
        sum.deliveryTimes += other.deliveryTimes
    }
}

public import Channels
public import Geo

/// What a process has to do with the channels of cells: which to hear, when to ask who is there, and for which shard what
/// is heard on them is.
///
/// It subscribes to a cell's channel at the first interest of a shard and leaves it a while after the last. When Redis has
/// acknowledged, it calls the roll: every process says again who of its own is there. After a channel was
/// lost it does so anew, and later sweeps out whoever was not named. So there is nothing to be stored, no process decides for
/// others, and knowing too few only ever shows less.
///
/// A value: events in, actions out, no clock and no socket. Its owner performs the actions in their order.
public struct StrangerExchange {
    /// What is to be done.
    public enum Action: Equatable, Sendable {
        /// Wants a cell's channel, and ``acknowledged(_:now:)`` when it is heard.
        case subscribe(Geohash)
        case unsubscribe(Geohash)
        /// Publishes a record on a cell's channel that is about nobody.
        case callRoll(Record, Geohash)
        /// Leaves a record for a shard, in order.
        case deliver(Record, shard: Int)
    }

    private struct Place {
        /// The shards that are interested, one bit each.
        var shards: UInt64 = 0
        /// Since when none is, monotonic milliseconds.
        var idleSince: Int64?
        /// When the first answers have had their time; `nil` before the channel is heard.
        var readyAt: Int64?
        /// When, after a loss, whoever was not heard of since the roll call goes.
        var sweepAt: Int64?
        var calledAt: Int64 = 0
    }

    let map: ShardMap
    private var places: [Geohash: Place] = [:]

    /// - Parameter shardCount: 1 to 64 (precondition).
    public init(shardCount: Int) {
        precondition(1...StrangerLimits.maximumShards ~= shardCount)
        map = ShardMap(shardCount: shardCount)
    }

    /// The cells whose channels are heard or asked for, ascending.
    public var cells: [Geohash] { places.keys.sorted() }

    // MARK: Interest

    /// What a shard said by ``StrangersHost/strangersInterest(in:isWanted:)``.
    public mutating func setInterest(in cell: Geohash, shard: Int, isWanted: Bool, now: Int64) -> [Action] {
        let isNew = places[cell] == nil
        guard isWanted || !isNew else { return [] }
        var place = places[cell] ?? Place()
        if isWanted { place.shards |= 1 << UInt64(shard) } else { place.shards &= ~(1 << UInt64(shard)) }
        place.idleSince = place.shards == 0 ? place.idleSince ?? now : nil
        places[cell] = place
        return isNew ? [.subscribe(cell)] : []
    }

    /// Redis has acknowledged a cell's channel for the first time.
    public mutating func acknowledged(_ cell: Geohash, now: Int64) -> [Action] {
        guard places[cell] != nil, places[cell]?.readyAt == nil else { return [] }
        return callRoll(cell, now: now)
    }

    /// A cell's channel was lost, or late, and is heard again: what was said meanwhile is unknown, here and there.
    public mutating func restored(_ cell: Geohash, now: Int64) -> [Action] {
        guard let place = places[cell] else { return [] }
        if place.readyAt != nil { places[cell]?.sweepAt = now + StrangerLimits.sweepMilliseconds }
        return callRoll(cell, now: now) + toEveryShard(.rollCall, of: cell)
    }

    private mutating func callRoll(_ cell: Geohash, now: Int64) -> [Action] {
        places[cell]?.readyAt = now + StrangerLimits.rollCallPatience
        places[cell]?.calledAt = now
        guard let coarse = CoarseCell(cell) else { return [] }
        return [.callRoll(Letter.rollCall(RollCall(cell: coarse)).record, cell)]
    }

    /// When all of these cells are known well enough to let a session in; `nil` while a channel is not heard yet.
    public func readyTime(of cells: [Geohash]) -> Int64? {
        var time = Int64.min
        for cell in cells {
            guard let ready = places[cell]?.readyAt else { return nil }
            time = max(time, ready)
        }
        return time
    }

    // MARK: What is heard

    /// What to do with a record that was heard on a cell's channel.
    ///
    /// - Parameter user: the index of the user that it came with; asked for only if the record is about a user.
    public func received(_ record: Record, in cell: Geohash, user: () -> UInt32) -> [Action] {
        guard places[cell] != nil, let letter = Letter(record) else { return [] }
        switch letter {
        case .presence(_, var presence):
            let home = presence.cell.channel
            if presence.kind.isVisible, home != cell {
                // Who has left the cell is believed to be in another one only if that is said on the other's channel. Here it
                // may have waited for a server, while all that came later was said there.
                guard places[home] == nil else { return [] }
                presence.kind = .elsewhere
            }
            let index = user()
            return [.deliver(Letter.presence(index, presence).record, shard: map.home(of: index))]
        case .rollCall(let call) where call.cell.geohash == cell: return toEveryShard(.rollCall, of: cell)
        default: return []
        }
    }

    // MARK: Time

    /// Does what is due; to be called about once a second.
    public mutating func tick(now: Int64) -> [Action] {
        var actions: [Action] = []
        for (cell, place) in places.sorted(by: { $0.key < $1.key }) {
            if let idle = place.idleSince, idle + StrangerLimits.idleCellMilliseconds <= now {
                places[cell] = nil
                actions += [.unsubscribe(cell)] + toEveryShard(.sweep(before: .max), of: cell)
            } else if let due = place.sweepAt, due <= now {
                places[cell]?.sweepAt = nil
                actions += toEveryShard(.sweep(before: place.calledAt), of: cell)
            }
        }
        return actions
    }

    private enum Order {
        case rollCall
        case sweep(before: Int64)
    }

    private func toEveryShard(_ order: Order, of cell: Geohash) -> [Action] {
        guard let coarse = CoarseCell(cell) else { return [] }
        let letter: Letter =
            switch order {
            case .rollCall: .rollCall(RollCall(cell: coarse))
            case .sweep(let before): .sweep(CellSweep(cell: coarse, before: before))
            }
        return (0..<map.shardCount).map { .deliver(letter.record, shard: $0) }
    }
}

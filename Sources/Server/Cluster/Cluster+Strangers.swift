import ChannelBus
import Channels
import Geo
import NIOCore
import Strangers

/// Strangers at other processes: drives the exchange, which decides, by the bus.
extension Cluster {
    /// On the cluster's loop.
    func startStrangers() {
        strangers.value.timer = eventLoop.scheduleRepeatedTask(
            initialDelay: Limits.cellCheck, delay: Limits.cellCheck
        ) { [weak self] _ in
            guard let self else { return }
            self.perform(self.strangers.value.exchange.tick(now: self.clock.monotonicMilliseconds()))
        }
    }

    // MARK: From the shards

    /// Tells the other processes of a user in a cell of precision 4. Any thread.
    func publish(_ record: Record, of user: UserIndex, in cell: Geohash) {
        bus.publish(record, of: engine.users.id(of: user), in: cell)
    }

    /// A shard's interest in a cell has begun or ended. Any thread; one shard's calls keep their order.
    func setInterest(in cell: Geohash, shard: Int, isWanted: Bool) {
        eventLoop.execute { [self] in
            let now = clock.monotonicMilliseconds()
            perform(
                strangers.value.exchange.setInterest(in: cell, shard: shard, isWanted: isWanted, now: now))
        }
    }

    /// Completes when it is known who is in these cells at other processes, or cannot be known soon. The caller's shard has
    /// said that it is interested. Any thread.
    func prepare(_ cells: [Geohash]) -> EventLoopFuture<Void> {
        eventLoop.flatSubmit { [self] in
            bus.whenAcknowledged(cells.map(BusChannel.cell), within: Limits.rosterWait).hop(to: eventLoop).flatMap {
                [self] _ in
                let now = clock.monotonicMilliseconds()
                // Nobody waits for a channel that cannot be heard.
                guard let ready = strangers.value.exchange.readyTime(of: cells), ready > now else {
                    return eventLoop.makeSucceededVoidFuture()
                }
                return eventLoop.scheduleTask(in: .milliseconds(ready - now)) {}.futureResult
            }
        }
    }

    // MARK: From the bus

    func receive(_ records: [BusRecord]) {
        for record in records {
            perform(
                strangers.value.exchange.received(record.record, in: record.cell) {
                    engine.users.index(of: record.user)
                })
        }
    }

    func restoreCells(_ interests: [BusInterest]) {
        let now = clock.monotonicMilliseconds()
        for interest in interests {
            guard case .cell(let cell) = interest.channel else { continue }
            perform(strangers.value.exchange.restored(cell, now: now))
        }
    }

    /// Something was heard of a user that has sessions here.
    func followOwnUser(_ user: UserIndex) {
        let exchange = strangers.value.exchange
        if let state = engine.users.state(of: user), state.flags.contains(.sharing) {
            let fix = StrangerFix(coordinate: state.coordinate, timestamp: state.timestamp, heard: state.heard)
            perform([exchange.moved(user: user, to: fix)])
        } else if !engine.users.sharing(of: user).sharing {
            perform([exchange.suspended(user: user)])
        }
    }

    // MARK: Actions

    private func perform(_ actions: [StrangerExchange.Action]) {
        for action in actions {
            switch action {
            case .subscribe(let cell): subscribe(cell)
            case .unsubscribe(let cell): bus.unsubscribe([.cell(cell)])
            case .callRoll(let record, let cell): bus.publish(record, of: rollCaller, in: cell)
            case .deliver(let record, let shard): engine.mailboxes[shard].push([record])
            }
        }
    }

    private func subscribe(_ cell: Geohash) {
        bus.subscribe([BusInterest(.cell(cell), tag: 0)])
        bus.whenAcknowledged([.cell(cell)], within: Limits.rosterWait).hop(to: eventLoop).whenSuccess { [weak self] in
            // What is late is restored once it is there.
            guard let self, $0.isComplete else { return }
            self.perform(self.strangers.value.exchange.acknowledged(cell, now: self.clock.monotonicMilliseconds()))
        }
    }

    /// Roll calls are about nobody, but records of one user in one cell replace each other while they wait: so each process
    /// calls under a name that no user has.
    private var rollCaller: UserID {
        UserID("roll-call." + String(process, radix: 16)) ?? UserID("roll-call")!
    }
}

extension Limits {
    /// How often is looked for channels of cells that nobody needs any more.
    static let cellCheck = TimeAmount.seconds(1)
    /// How long who opts in to strangers waits for the channels of its cells; the answers come within
    /// ``StrangerLimits/rollCallPatience`` after that.
    static let rosterWait = Duration.milliseconds(700)
}
